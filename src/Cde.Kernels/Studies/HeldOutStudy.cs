using Cde.Workbench;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;
using Cde.Workbench.Search;

namespace Cde.Kernels.Studies;

/// <summary>
/// Searches each held-out corpus with a model in its own context, in a wrong one (the next corpus'), in none, and with BM25, and scores every query. A plain model is
/// searched with as it is.
/// </summary>
/// <param name="model">The model; stays the caller's.</param>
/// <param name="tasks">The held-out corpora with their queries; at least two for a contextual model.</param>
/// <param name="options">What else to compare.</param>
public sealed class HeldOutStudy(EmbeddingModel model, IReadOnlyList<RetrievalTask> tasks, HeldOutStudyOptions options)
{
    private const int Depth = 100;
    private static readonly Measure Measure = Measure.Parse("nDCG@10");

    // Contexts alone are cached: study after study of a model asks for the same ones.
    private static EmbedOptions Kept => new() { Cache = EmbeddingCache.Default };

    /// <summary>Runs the study, corpus by corpus.</summary>
    public async Task<HeldOutScores> RunAsync(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (tasks.Count < 2 && model.IsContextual)
            throw new CdeException("a held-out study needs at least two corpora: a wrong context is another corpus' one");
        var contexts = new CorpusContext?[tasks.Count];
        for (var i = 0; i < tasks.Count && model.IsContextual; i++)
        {
            progress?.Report(Stage("context of ", i));
            contexts[i] = await ContextBuilder.BuildAsync(model, tasks[i].Corpus, new RandomSampler(), seed: options.Seed, options: Kept, cancellationToken: cancellation).ConfigureAwait(false);
        }

        var corpora = new List<HeldOutCorpus>();
        for (var i = 0; i < tasks.Count; i++)
        {
            progress?.Report(Stage("", i));
            corpora.Add(await SearchAsync(tasks[i], contexts[i], contexts[(i + 1) % tasks.Count], cancellation).ConfigureAwait(false));
        }

        return new HeldOutScores(Measure.Name, corpora, contexts[0]?.Size ?? 0);
    }

    /// <summary>A stage for each corpus, with its place among them: stages that stay behind are over.</summary>
    private WorkProgress Stage(string what, int task) => new($"{what}{ShortName(tasks[task])} ({task + 1} of {tasks.Count})", 0, 0, "");

    private async Task<HeldOutCorpus> SearchAsync(RetrievalTask task, CorpusContext? own, CorpusContext? wrong, CancellationToken cancellation)
    {
        var scores = new List<HeldOutScore>();
        IReadOnlyList<string> ids = [];
        void Add(HeldOutCondition condition, RankedRun run)
        {
            var result = Evaluator.Evaluate(run, task.Qrels, [Measure]);
            if (ids.Count > 0 && !ids.SequenceEqual(result.QueryIds))
                throw new InvalidOperationException($"{task.Name}: {condition.Title} answers other queries than the conditions before it");
            ids = result.QueryIds;
            scores.Add(new HeldOutScore(condition, result[Measure], result.PerQuery(Measure)));
        }

        Add(HeldOutCondition.Bm25, new Bm25(task.Corpus, cancellationToken: cancellation).Search(task.Queries, Depth, cancellation));
        if (options.TunedBm25 is { } tuned)
            Add(HeldOutCondition.TunedBm25(tuned.K1, tuned.B), new Bm25(task.Corpus, tuned, cancellationToken: cancellation).Search(task.Queries, Depth, cancellation));

        RankedRun ownRun;
        if (own is null || wrong is null)
        {
            ownRun = await WithAsync(model, task, cancellation).ConfigureAwait(false);
            Add(HeldOutCondition.Null, ownRun);
        }
        else
        {
            ownRun = await InContextAsync(model, own, task, cancellation).ConfigureAwait(false);
            Add(HeldOutCondition.Own, ownRun);
            Add(HeldOutCondition.Wrong, await InContextAsync(model, wrong, task, cancellation).ConfigureAwait(false));
            if (options.RandomStrings)
            {
                var strings = await ContextBuilder.BuildAsync(model, null, new RandomStringsSampler(), seed: options.Seed, options: Kept, cancellationToken: cancellation).ConfigureAwait(false);
                Add(HeldOutCondition.RandomStrings, await InContextAsync(model, strings, task, cancellation).ConfigureAwait(false));
            }

            Add(HeldOutCondition.Null, await InContextAsync(model, CorpusContext.Null(model), task, cancellation).ConfigureAwait(false));
        }

        foreach (var (name, other) in options.Baselines)
            Add(HeldOutCondition.Model(name), await WithAsync(other, task, cancellation).ConfigureAwait(false));
        return new HeldOutCorpus(ShortName(task), task.Corpus.Count, ids, scores, Examples(task, ownRun));
    }

    private async Task<RankedRun> WithAsync(EmbeddingModel other, RetrievalTask task, CancellationToken cancellation)
    {
        if (other.IsContextual)
        {
            var context = await ContextBuilder.BuildAsync(other, task.Corpus, new RandomSampler(), seed: options.Seed, options: Kept, cancellationToken: cancellation).ConfigureAwait(false);
            return await InContextAsync(other, context, task, cancellation).ConfigureAwait(false);
        }

        using var embedder = new TextEmbedder(other);
        return await SearchAsync(embedder, task, cancellation).ConfigureAwait(false);
    }

    private static async Task<RankedRun> InContextAsync(EmbeddingModel encoder, CorpusContext context, RetrievalTask task, CancellationToken cancellation)
    {
        using var embedder = new ContextualEmbedder(encoder, context);
        return await SearchAsync(embedder, task, cancellation).ConfigureAwait(false);
    }

    private static async Task<RankedRun> SearchAsync(EncoderEmbedder embedder, RetrievalTask task, CancellationToken cancellation)
    {
        using var documents = await embedder.EmbedAsync(task.Corpus, null, null, cancellation).ConfigureAwait(false);
        using var queries = await embedder.EmbedAsync(task.Queries, null, null, cancellation).ConfigureAwait(false);
        return ExactSearch.Search(queries, documents, Depth, cancellationToken: cancellation);
    }

    /// <summary>A query of the corpus, drawn by the seed, with its three best documents.</summary>
    private HeldOutExample Examples(RetrievalTask task, RankedRun run)
    {
        var query = task.Queries[new Random((int)(options.Seed & 0x7FFFFFFF)).Next(task.Queries.Count)];
        var relevant = task.Qrels[query.Id];
        var hits = run[query.Id];
        var titles = hits.Take(3).Select(hit => (Title(task.Corpus, hit.DocumentId), relevant.GetValueOrDefault(hit.DocumentId) > 0)).ToArray();
        var rank = Enumerable.Range(0, hits.Count).Where(i => relevant.GetValueOrDefault(hits[i].DocumentId) > 0).Select(i => i + 1).FirstOrDefault();
        return new HeldOutExample(ShortName(task), query.Text, [.. titles.Select(entry => entry.Item1)], rank == 0 ? null : rank);
    }

    /// <summary>The domain, or the folder's name.</summary>
    private static string ShortName(RetrievalTask task) => task.Name[(task.Name.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');

    private static string Title(Corpus corpus, string id)
    {
        var document = corpus[corpus.IndexOf(id)];
        return document.Title ?? document.Id;
    }
}

/// <summary>What a held-out study compares besides its four conditions.</summary>
/// <param name="Seed">Of the minicorpora and the examples.</param>
/// <param name="TunedBm25">A second BM25; null for none.</param>
/// <param name="RandomStrings">Whether the model is also run with random strings for a context.</param>
/// <param name="Baselines">Other models by the name they are shown under; they stay the caller's.</param>
public sealed record HeldOutStudyOptions(long Seed, Bm25Options? TunedBm25, bool RandomStrings, IReadOnlyList<(string Name, EmbeddingModel Model)> Baselines);
