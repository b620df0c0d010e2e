using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Search;

namespace Cde.Workbench.Contexts;

/// <summary>A corpus and its queries in one context: the vectors, the rankings and their scores.</summary>
internal sealed class ContextRun : IDisposable
{
    // Deep enough for every measure at a usual cut-off.
    private const int Depth = 100;

    private ContextRun(EmbeddingMatrix documents, IReadOnlyDictionary<string, IReadOnlyList<string>> best, EvaluationResult? scores) =>
        (Documents, Best, Scores) = (documents, best, scores);

    /// <summary>A vector for each document.</summary>
    public EmbeddingMatrix Documents { get; }

    /// <summary>The best documents of each query, best first, at most <see cref="ContextComparison.Top"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Best { get; }

    /// <summary>The scores of the judged queries; null without a task.</summary>
    public EvaluationResult? Scores { get; }

    /// <summary>Embeds and searches.</summary>
    public static async Task<ContextRun> RunAsync(
        ITextEmbedder embedder, Corpus corpus, RetrievalTask? task, Measure measure, EmbedOptions? options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var documents = await embedder.EmbedAsync(corpus, options, progress, cancellationToken).ConfigureAwait(false);
        if (task is null)
            return new ContextRun(documents, new Dictionary<string, IReadOnlyList<string>>(), null);
        try
        {
            using var queries = await embedder.EmbedAsync(task.Queries, options, progress, cancellationToken).ConfigureAwait(false);
            var run = ExactSearch.Search(queries, documents, Depth, cancellationToken: cancellationToken);
            var best = task.Queries.ToDictionary(
                query => query.Id, query => (IReadOnlyList<string>)[.. run[query.Id].Take(ContextComparison.Top).Select(document => document.DocumentId)], StringComparer.Ordinal);
            return new ContextRun(documents, best, Evaluator.Evaluate(run, task.Qrels, [measure]));
        }
        catch
        {
            documents.Dispose();
            throw;
        }
    }

    /// <summary>The share of a query's best documents that another run has too.</summary>
    public double Overlap(ContextRun other, string query) =>
        Best[query].Count == 0 ? 1 : Best[query].Intersect(other.Best[query], StringComparer.Ordinal).Count() / (double)Best[query].Count;

    /// <summary>For each document, one minus the cosine of its two vectors.</summary>
    public double[] Displacements(ContextRun other) =>
        [.. Enumerable.Range(0, Documents.Count).Select(row => Math.Max(0, 1 - ExactDot.Of(Documents[row], other.Documents[row])))];

    /// <inheritdoc/>
    public void Dispose() => Documents.Dispose();
}
