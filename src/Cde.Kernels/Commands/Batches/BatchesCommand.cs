using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Models;
using Cde.Workbench.Text;
using Cde.Workbench.Training;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Kernels.Commands;

/// <summary>Shows the batches that a sampler would build, and how hard they are.</summary>
public sealed class BatchesCommand : Command<BatchesOptions, BatchesResult>
{
    /// <inheritdoc/>
    public override string Name => "batches";

    /// <inheritdoc/>
    public override string Summary => "Show the batches a sampler would build, and how hard they are";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds the training pairs of a corpus, clusters them where the sampler asks for it, and cuts an epoch into batches. The table sets the sampler beside random batches of "
        + "the same pairs: the nearer the others' score comes to the own, the harder are the in-batch negatives. --filter says which of them a guide model takes for answers.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "batches --corpus dotnet-api/System.Linq --sampler cluster --batch-size 32",
        "batches --corpus dotnet-api --sampler cluster-within-domain --cluster-size 64 --packing tour --distinct",
    ];

    /// <inheritdoc/>
    public override async Task<BatchesResult> RunAsync(BatchesOptions options, Session session, CancellationToken cancellation)
    {
        var pairs = Pairs(options, session);
        var corpus = session.Lent<object>(options.Corpus) is null ? session.TrainingDataset(options.Corpus, options.SkipBad).Corpus() : session.Corpus(options.Corpus);
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        using var guide = await GuideStore.BuildAsync(embedder, pairs.Queries, pairs.Documents, EmbeddingCache.Default, session.Progress, cancellation).ConfigureAwait(false);
        var tokens = BatchSamplerCatalog.NeedsTokens(options.Sampler) ? Tokens(pairs, model, cancellation) : null;
        return await Task.Run(() => Build(pairs, guide, tokens, options, session, cancellation), cancellation).ConfigureAwait(false) with
        {
            Provenance = Loading.Provenance(options, model, corpus, context),
        };
    }

    private static TrainingPairs Pairs(BatchesOptions options, Session session)
    {
        if (session.Lent<RetrievalTask>(options.Corpus) is { } task)
            return TrainingPairs.Of(task, options.Seed);
        var dataset = session.TrainingDataset(options.Corpus, options.SkipBad);
        var examples = dataset.TrainingExamples();
        session.NoteSkipped(dataset);
        return examples.Any(example => example.Positives.Count > 0) ? TrainingPairs.Of(examples, options.Seed) : TrainingPairs.Of(dataset.Task(), options.Seed);
    }

    /// <summary>Tokens of each query with its document, as the model reads them.</summary>
    private static int[] Tokens(TrainingPairs pairs, EmbeddingModel model, CancellationToken cancellation)
    {
        var cut = new TokenizeOptions { MaxTokens = model.MaxTokens };
        var (queries, documents) = (model.Tokenizer.Encode(pairs.Queries, cut, cancellation), model.Tokenizer.Encode(pairs.Documents, cut, cancellation));
        return [.. Enumerable.Range(0, queries.Count).Select(row => queries.Length(row) + documents.Length(row))];
    }

    private static BatchesResult Build(TrainingPairs pairs, GuideStore guide, int[]? tokens, BatchesOptions options, Session session, CancellationToken cancellation)
    {
        var packer = BatchSamplerCatalog.NeedsClusters(options.Sampler) ? Packer(pairs, guide, options, session, cancellation) : null;
        var clusters = packer?.Clusters;
        var cut = new BatchSamplerOptions
        {
            BatchSize = options.BatchSize,
            SmallestBatch = options.SmallestBatch,
            MixesDomains = options.MixDomains,
            Distinct = options.Distinct ? pairs.Texts() : null,
            RowTokens = tokens,
            Seed = options.Seed,
        };
        var filter = new FalseNegativeFilter(guide, options.FilterOptions());
        var plan = BatchSamplerCatalog.Create(options.Sampler, pairs.Domains, packer, cut).Epoch(options.Epoch);
        var chosen = Measure(plan, options.Sampler);
        var random = options.Sampler == RandomBatchSampler.SamplerName ? null : Measure(new RandomBatchSampler(pairs.Count, cut with { MixesDomains = true }).Epoch(options.Epoch), RandomBatchSampler.SamplerName);
        return new BatchesResult(options.Corpus, pairs.Count, pairs.DomainNames.Count, clusters?.Clusters, random is null ? [chosen] : [chosen, random], [.. Shown(plan)], options.Rows > 0 ? BatchDetail.Of(options.Batch, Matrix(plan), pairs, clusters, options.Rows) : null)
        {
            Plan = plan,
        };

        BatchMatrix Matrix(EpochBatches batches) => options.Batch < batches.Count
            ? BatchMatrix.Of(batches[options.Batch], pairs, filter, cancellation)
            : throw new CdeException($"--batch {options.Batch}: the epoch has {batches.Count} batches, from 0; name one of them");

        SamplerSummary Measure(EpochBatches batches, string name)
        {
            var measured = (int)Math.Min(batches.Count, options.Measure);
            var profiles = new List<BatchProfile>();
            for (var i = 0; i < measured; i++)
            {
                profiles.Add(BatchProfile.Of(batches[i], pairs, clusters, filter, cancellation));
                session.Progress.Report(new WorkProgress($"measuring {name} batches", i + 1, measured, "batches"));
            }

            return new SamplerSummary(name, batches.Count, measured, BatchProfile.Mean(profiles));
        }

        IEnumerable<ShownBatch> Shown(EpochBatches batches)
        {
            for (var i = 0L; i < Math.Min(batches.Count, options.Show); i++)
            {
                var rows = batches[i];
                yield return new ShownBatch(
                    i, [.. rows.Select(row => pairs.DomainNames[pairs.Domains.Labels[(int)row]]).Distinct()], [.. rows.Take(options.Queries).Select(row => pairs.Queries[(int)row])],
                    BatchProfile.Of(rows, pairs, clusters, filter, cancellation));
            }
        }
    }

    private static ClusterPacker Packer(TrainingPairs pairs, GuideStore guide, BatchesOptions options, Session session, CancellationToken cancellation)
    {
        var (isWithinDomains, isTour, cache) = (options.Sampler == DomainClusterBatchSampler.SamplerName, options.Packing == TourPacker.PackerName, ClusterCache.Default);
        if (options.ClusterBy == Bm25Clusters.ModelName)
        {
            var words = new Bm25ClusterOptions { ClusterSize = options.ClusterSize, Seed = options.Seed };
            var byWords = isWithinDomains
                ? Bm25Clusters.WithinDomains(pairs.Queries, pairs.Documents, pairs.Domains, words, cache, session.Progress, cancellation)
                : Bm25Clusters.Of(pairs.Queries, pairs.Documents, words, cache, session.Progress, cancellation);
            return isTour ? TourPacker.Of(byWords, pairs.Documents, words.Words, session.Progress, cancellation) : new RandomPacker(byWords);
        }

        var clustering = new PairedKMeansOptions { ClusterSize = options.ClusterSize, KMeans = new KMeansOptions { Start = KMeansStart.Random, Seed = options.Seed } };
        var found = isWithinDomains
            ? DomainClusters.Of(guide.Queries, guide.Documents, pairs.Domains, clustering, cache, session.Progress, cancellation)
            : cache.Paired(guide.Queries, guide.Documents, clustering, session.Progress, cancellation).Assignment;
        return isTour ? TourPacker.Of(found, guide.Documents, cancellationToken: cancellation) : new RandomPacker(found);
    }
}
