using Cde.Workbench.Clustering;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Training;

/// <summary>
/// The training batches in their order, a pure function of the seed and the step, so that a resumed run sees what an uninterrupted one would: a sampler says which queries
/// stand together; which of its documents, hard negatives and contexts go with them is drawn for each batch. A rest under a quarter of a batch is left out in its pass.
/// </summary>
internal sealed class TrainingBatches
{
    private const long DrawBatch = 2;

    private readonly IReadOnlyList<TrainingDomain> domains;
    private readonly TrainingOptions options;
    private readonly TrainingRows rows;
    private readonly BatchSampler sampler;
    private long epoch;
    private long start;
    private EpochBatches plan;

    /// <summary>Plans batches over <paramref name="domains"/>.</summary>
    /// <param name="domains">Training data, joined where the sampler mixes domains (<see cref="TrainingDomains.For"/>).</param>
    /// <param name="options">Batch, context and seed.</param>
    /// <param name="packer">The clusters of the queries; needed by samplers of clusters.</param>
    /// <param name="cost">Most tokens that a query, with its longest document and its negatives, puts into a batch: (domain, query) to tokens. Null where nothing counts tokens.</param>
    /// <exception cref="CdeException">The data do not fill a batch.</exception>
    public TrainingBatches(IReadOnlyList<TrainingDomain> domains, TrainingOptions options, ClusterPacker? packer = null, Func<int, int, int>? cost = null)
    {
        this.domains = domains;
        this.options = options;
        rows = new TrainingRows(domains, options.Data.UnfoldPositives);
        var batch = options.Batch;
        var hasBudget = batch.TokenBudget > 0;
        var name = OptionText.Choice(batch.Sampler.ToString());
        var countsTokens = hasBudget || BatchSamplerCatalog.NeedsTokens(name);
        if (countsTokens)
            ArgumentNullException.ThrowIfNull(cost);
        sampler = BatchSamplerCatalog.Create(
            name,
            rows.Domains,
            packer,
            new BatchSamplerOptions
            {
                BatchSize = batch.Size,
                SmallestBatch = hasBudget ? 2 : Math.Max(2, batch.Size / 4), // a batch of one has no negatives
                Distinct = batch.Distinct ? rows.Texts() : null,
                TokenBudget = batch.TokenBudget,
                RowTokens = countsTokens ? [.. rows.All.Select(row => cost!(row.Domain, row.Query))] : null,
                Seed = options.Seed,
            });
        plan = sampler.Epoch(0);
        BatchesPerEpoch = plan.Count;
    }

    /// <summary>Batches in the first pass over the data; with a token budget or distinct texts later passes may have a few more or less.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>The batch of a number, 0-based.</summary>
    public TrainingBatch At(long number)
    {
        if (number < start)
            (epoch, start, plan) = (0, 0, sampler.Epoch(0));
        while (number >= start + plan.Count)
        {
            start += plan.Count;
            plan = sampler.Epoch(++epoch);
        }

        var chosen = Array.ConvertAll(plan[number - start], row => rows[row]);
        var (domain, queries) = (chosen[0].Domain, Array.ConvertAll(chosen, row => row.Query));
        var random = SeededRandom.For(options.Seed, DrawBatch, number);
        var data = domains[domain];
        var documents = chosen.Select(row => row.Positive ?? data.Positives[row.Query][random.Below(data.Positives[row.Query].Count)]).ToArray();
        var negatives = Negatives(data, queries, random);
        return new TrainingBatch(domain, queries, documents, ContextDraw.Of(options.Context, [.. documents, .. negatives], data.Documents.Count, random))
        {
            Negatives = negatives,
            DocumentsPerPosition = options.Context.Strategy == ContextStrategy.Pooled ? ContextDraw.PooledDocuments : 1,
            Seed = unchecked((long)(random.Next() >> 1)),
        };
    }

    /// <summary>So many a query: without replacement while it has as many, then again from the first.</summary>
    private int[] Negatives(TrainingDomain data, int[] queries, SeededRandom random)
    {
        var wanted = options.Batch.Negatives;
        if (wanted == 0)
            return [];
        var drawn = new List<int>(queries.Length * wanted);
        foreach (var query in queries)
        {
            var own = data.Negatives is { } all && all[query].Count > 0 ? all[query].ToArray()
                : throw new CdeException($"training data: {data.Name}, query \"{data.Queries[query]}\" has no hard negatives, and batch.negatives is {wanted}; mine them, or leave the option out");
            random.Shuffle<int>(own);
            drawn.AddRange(Enumerable.Range(0, wanted).Select(i => own[i % own.Length]));
        }

        return [.. drawn];
    }
}
