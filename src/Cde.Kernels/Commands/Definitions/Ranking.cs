using Cde.Kernels.Hosting;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>The ways in which commands rank a corpus.</summary>
internal static class Ranking
{
    /// <summary>The names that <c>--method</c> takes.</summary>
    public const string Dense = "dense", Words = "bm25", Hybrid = "hybrid";

    /// <summary>Documents that a hybrid search takes from either list at least: what is fused does not depend on how many are shown.</summary>
    public const int HybridDepth = 1000;

    /// <summary>Ranks a corpus for queries.</summary>
    /// <param name="session">Where models, contexts and progress come from.</param>
    /// <param name="options">How to rank.</param>
    /// <param name="corpus">The documents.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="depth">Documents a query at most.</param>
    /// <param name="hybridDepth">Documents that a hybrid search takes from either list.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<(RankedRun Run, Provenance Provenance)> RunAsync(
        Session session, RankingOptions options, Corpus corpus, IReadOnlyList<Query> queries, int depth, int hybridDepth, CancellationToken cancellation)
    {
        if (options.Rerank is not { } name)
            return await SearchAsync(session, options, corpus, queries, depth, hybridDepth, cancellation).ConfigureAwait(false);
        session.Reranker(name, options); // before the search: a wrong name is told at once
        var (found, provenance) = await SearchAsync(session, options, corpus, queries, Math.Max(depth, options.RerankTop), Math.Max(hybridDepth, options.RerankTop), cancellation).ConfigureAwait(false);
        return (await RerankedAsync(session, options, found, corpus, queries, depth, cancellation).ConfigureAwait(false), provenance with { Reranker = NameOf(session.Reranker(name, options)) });
    }

    /// <summary>What reranked, in a provenance.</summary>
    public static string NameOf(IReranker reranker) => $"{reranker.Name} {reranker.Hash}";

    /// <summary>A dense search in tables and legends: the model, and the context where it takes one. <c>cde-mini, own context</c>.</summary>
    public static string NameOf(ContextOptions options, EmbeddingModel model) => model.IsContextual ? NameOf(model.Name, options.Context) : model.Name;

    /// <summary>A dense search of a contextual model, by its name and what <c>--context</c> says.</summary>
    public static string NameOf(string model, string context) => $"{model}, " + context switch
    {
        Loading.Own => "own context",
        Loading.None => "no context",
        var other => $"context {(Directory.Exists(other) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(other)) : other.TrimStart('@'))}",
    };

    /// <summary>A run as it is, or reranked where the options name a cross-encoder.</summary>
    public static Task<RankedRun> RerankedAsync(
        Session session, RankingOptions options, RankedRun run, Corpus corpus, IReadOnlyList<Query> queries, int depth, CancellationToken cancellation) => options.Rerank is not { } name
        ? System.Threading.Tasks.Task.FromResult(run)
        : System.Threading.Tasks.Task.Run(
            () => Reranking.Run(run, corpus, queries, session.Reranker(name, options), options.RerankTop, depth, new RerankOptions { SplitLongDocuments = options.RerankSplit }, session.Progress, cancellation), cancellation);

    private static async Task<(RankedRun Run, Provenance Provenance)> SearchAsync(
        Session session, RankingOptions options, Corpus corpus, IReadOnlyList<Query> queries, int depth, int hybridDepth, CancellationToken cancellation)
    {
        if (options.Method == Words)
            return (await WordsAsync(depth).ConfigureAwait(false), new Provenance { Seed = options.Seed, Corpus = corpus.Name, CorpusHash = corpus.Hash });
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        var provenance = Loading.Provenance(options, model, corpus, context);
        var dense = await DenseSearch.RunAsync(
            embedder, corpus, queries, options.Method == Hybrid ? hybridDepth : depth, EmbeddingCache.Default, session.Progress, cancellation).ConfigureAwait(false);
        dense = dense.Renamed(NameOf(options, model));
        if (options.Method == Dense)
            return (dense, provenance);
        var words = await WordsAsync(hybridDepth).ConfigureAwait(false);
        return (ReciprocalRankFusion.Fuse([dense, words], depth, options.RrfK, [1, options.WordWeight]), provenance);

        Task<RankedRun> WordsAsync(int most) =>
            System.Threading.Tasks.Task.Run(() => new Bm25(corpus, new Bm25Options { K1 = options.K1, B = options.B }, session.Progress, cancellation).Search(queries, most, cancellation), cancellation);
    }
}
