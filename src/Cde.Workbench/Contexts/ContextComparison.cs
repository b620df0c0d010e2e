using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Contexts;

/// <summary>What one context changes against another: how far each document moves, how each query's ranking changes, and what that does to a measure.</summary>
/// <param name="Displacements">For each document, one minus the cosine of its two vectors: 0 where it stays, 2 at most. In the corpus' order.</param>
/// <param name="Queries">Query by query, in the task's order.</param>
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
        using var one = await ContextRun.RunAsync(first, corpus, task, measure, options, progress, cancellationToken).ConfigureAwait(false);
        using var other = await ContextRun.RunAsync(second, corpus, task, measure, options, progress, cancellationToken).ConfigureAwait(false);
        return Of(one, other, measure, seed);
    }

    /// <summary>Compares two contexts in which the same documents and queries were embedded.</summary>
    internal static ContextComparison Of(ContextRun first, ContextRun second, Measure measure, long seed)
    {
        var displacements = first.Displacements(second);
        if (first.Scores is not { } scores)
            return new ContextComparison(displacements, [], null, null);
        var judged = scores.QueryIds.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place, StringComparer.Ordinal);
        var (a, b) = (scores.PerQuery(measure), second.Scores!.PerQuery(measure));
        var queries = first.Best.Keys.Select(id =>
        {
            var isJudged = judged.TryGetValue(id, out var place);
            return new QueryChange(id, first.Overlap(second, id), first.Best[id].SequenceEqual(second.Best[id]), isJudged ? a[place] : null, isJudged ? b[place] : null);
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
