using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Search;

namespace Cde.Kernels.Tests.Docs;

/// <summary>The short C# examples of how-to pages, compiled. <see cref="DocumentedExampleTests"/> checks that the pages say the same.</summary>
internal static class PageExamples
{
    public static void Corpora()
    {
        // begin corpora
        using var dataset = DatasetCatalog.Open("dotnet-api/System.Text.Json");
        var task = dataset.Task();                       // corpus, queries, judgements
        Console.WriteLine($"{task.Corpus.Count} documents, {task.Queries.Count} queries, hash {task.Corpus.Hash}");
        // end
    }

    public static void Search(RankedRun dense, RankedRun words, RankedRun other)
    {
        // begin search
        var fused = ReciprocalRankFusion.Fuse([dense, words, other], depth: 100, weights: [1, 1, 0.5]);
        // end
        _ = fused;
    }

    public static async Task EmbeddingAsync(
        EmbeddingModel model, CorpusContext context, Corpus corpus, RetrievalTask task, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        // begin embedding
        using var embedder = new ContextualEmbedder(model, context);          // or new TextEmbedder(model) for a plain model
        var options = new EmbedOptions { Cache = EmbeddingCache.Default };
        using var documents = await embedder.EmbedAsync(corpus, options, progress, cancellationToken);
        using var queries = await embedder.EmbedAsync(task.Queries, options);
        var run = ExactSearch.Search(queries, documents, k: 100);
        // end
        _ = run;
    }
}
