using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Search;

namespace Cde.Workbench.Contexts;

/// <summary>What one context changes against another: how far each document moves, how each query's ranking changes, and what that does to a measure.</summary>
/// <param name="Displacements">For each document, one minus the cosine of its two vectors: 0 where it stays, 2 at most. In the corpus' order.</param>
/// <param name="Queries">Query by query, in the order of the first run.</param>
/// <param name="Measure">Such as nDCG@10; null where nothing is judged.</param>
/// <param name="Compared">The first context against the second, query by query; null where nothing is judged.</param>
public sealed record ContextComparison(IReadOnlyList<double> Displacements, IReadOnlyList<QueryChange> Queries, string? Measure, PairedComparison? Compared)
{
    /// <summary>Documents looked at in a ranking.</summary>
    public const int Top = 10;

    /// <summary>The share of the best ten documents that both rankings have, mean over the queries.</summary>
    public double MeanOverlap => Queries.Count == 0 ? 1 : Queries.Average(query => query.Overlap);

    /// <summary>Queries whose best ten are the same in the same order.</summary>
    public int Unchanged => Queries.Count(query => query.IsSame);

    /// <summary>Compares two contexts on a corpus.</summary>
    /// <param name="first">Embeds in the first context.</param>
    /// <param name="second">Embeds in the second, with the same model.</param>
    /// <param name="corpus">The documents.</param>
    /// <param name="task">Queries and judgements over these documents; null for none.</param>
    /// <param name="measure">What is compared.</param>
    /// <param name="options">Batches and cache.</param>
    /// <param name="seed">Of the test.</param>
    /// <param name="progress">Told in texts.</param>
    /// <param name="cancellationToken">Stops; with a cache, what is embedded is kept.</param>
    public static async Task<ContextComparison> RunAsync(
        ITextEmbedder first, ITextEmbedder second, Corpus corpus, RetrievalTask? task, Measure measure, EmbedOptions? options = null, long seed = 1,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var documentsA = await first.EmbedAsync(corpus, options, progress, cancellationToken).ConfigureAwait(false);
        using var documentsB = await second.EmbedAsync(corpus, options, progress, cancellationToken).ConfigureAwait(false);
        double[] displacements = [.. Enumerable.Range(0, corpus.Count).Select(row => Math.Max(0, 1 - ExactDot.Of(documentsA[row], documentsB[row])))];
        if (task is null)
            return new ContextComparison(displacements, [], null, null);
        using var queriesA = await first.EmbedAsync(task.Queries, options, progress, cancellationToken).ConfigureAwait(false);
        using var queriesB = await second.EmbedAsync(task.Queries, options, progress, cancellationToken).ConfigureAwait(false);
        const int Depth = 100;
        var runA = ExactSearch.Search(queriesA, documentsA, Depth, progress: progress, cancellationToken: cancellationToken);
        var runB = ExactSearch.Search(queriesB, documentsB, Depth, progress: progress, cancellationToken: cancellationToken);
        var (scoresA, scoresB) = (Evaluator.Evaluate(runA, task.Qrels, [measure]), Evaluator.Evaluate(runB, task.Qrels, [measure]));
        var judged = scoresA.QueryIds.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place, StringComparer.Ordinal);
        var (a, b) = (scoresA.PerQuery(measure), scoresB.PerQuery(measure));
        var queries = runA.Keys.Select(id =>
        {
            var (one, other) = (runA[id].Take(Top).Select(document => document.DocumentId).ToList(), runB[id].Take(Top).Select(document => document.DocumentId).ToList());
            var overlap = one.Count == 0 ? 1 : one.Intersect(other, StringComparer.Ordinal).Count() / (double)one.Count;
            return judged.TryGetValue(id, out var place)
                ? new QueryChange(id, overlap, one.SequenceEqual(other), a[place], b[place])
                : new QueryChange(id, overlap, one.SequenceEqual(other), null, null);
        });
        return new ContextComparison(displacements, [.. queries], measure.Name, PairedTest.Compare(a, b, seed: seed));
    }
}

/// <summary>How a query's ranking changes from one context to another.</summary>
/// <param name="Id">The query.</param>
/// <param name="Overlap">The share of the best ten documents that both rankings have.</param>
/// <param name="IsSame">Whether the best ten are the same in the same order.</param>
/// <param name="First">The measure in the first context; null where the query is not judged.</param>
/// <param name="Second">The measure in the second.</param>
public sealed record QueryChange(string Id, double Overlap, bool IsSame, double? First, double? Second);
