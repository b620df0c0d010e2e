using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>Search by embeddings: documents and queries embedded by one embedder, then exact top-k.</summary>
internal static class DenseSearch
{
    /// <summary>The best <paramref name="top"/> documents of every query.</summary>
    public static async Task<RankedRun> RunAsync(
        ITextEmbedder embedder, Corpus corpus, IReadOnlyList<Query> queries, int top, EmbeddingCache? cache,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var documents = await embedder.EmbedAsync(corpus, new EmbedOptions { Cache = cache }, progress, cancellation).ConfigureAwait(false);
        using var asked = await embedder.EmbedAsync(queries, null, progress, cancellation).ConfigureAwait(false);
        return await Task.Run(() => ExactSearch.Search(asked, documents, top, null, null, cancellation), cancellation).ConfigureAwait(false);
    }
}
