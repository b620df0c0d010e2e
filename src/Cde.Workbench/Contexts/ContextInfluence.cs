using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;

namespace Cde.Workbench.Contexts;

/// <summary>What each document of a context does to the rankings: the context without it (the next document in its place, so that the size stays) against the whole one.</summary>
/// <param name="Documents">The documents of the context, those that change most first: by overlap, then by displacement.</param>
/// <param name="Measure">Such as nDCG@10.</param>
/// <param name="WholeContext">The measure in the whole context; null where nothing is judged.</param>
public sealed record ContextInfluence(IReadOnlyList<DocumentInfluence> Documents, string Measure, double? WholeContext)
{
    /// <summary>Leaves out one document after the other.</summary>
    /// <param name="encoder">The contextual model.</param>
    /// <param name="context">The context.</param>
    /// <param name="source">The corpus that the context was sampled from.</param>
    /// <param name="corpus">The documents that are ranked.</param>
    /// <param name="task">Queries and judgements over these documents; null for displacements alone.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="options">Batches and cache: with a cache, a run that was stopped goes on where it was.</param>
    /// <param name="seed">Of the intervals.</param>
    /// <param name="progress">Told in documents of the context.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">The context has fewer than two different documents, or does not fit the model or the corpus.</exception>
    public static async Task<ContextInfluence> RunAsync(
        IEncoder encoder, CorpusContext context, Corpus source, Corpus corpus, RetrievalTask? task, Measure measure, EmbedOptions? options = null, long seed = 1,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string[] left = [.. context.DocumentIds.Distinct(StringComparer.Ordinal)];
        if (left.Length < 2)
            throw new CdeException($"a context of {left.Length} different documents has no influences to compare; take a larger one");
        using var embedder = new ContextualEmbedder(encoder, context);
        using var whole = await ContextRun.RunAsync(embedder, corpus, task, measure, options, progress, cancellationToken).ConfigureAwait(false);
        var influences = new List<DocumentInfluence>();
        foreach (var id in left)
        {
            var rest = await ContextBuilder.WithoutAsync(encoder, context, id, source, options, cancellationToken).ConfigureAwait(false);
            using var other = new ContextualEmbedder(encoder, rest);
            using var without = await ContextRun.RunAsync(other, corpus, task, measure, options, null, cancellationToken).ConfigureAwait(false);
            var compared = ContextComparison.Of(whole, without, measure, seed);
            influences.Add(new DocumentInfluence(
                id, context.DocumentIds.Count(document => document == id), compared.Displacements.Average(), compared.Queries.Count - compared.Unchanged, compared.MeanOverlap,
                compared.Compared?.Difference, compared.Compared?.Interval));
            progress?.Report(new WorkProgress("leaving out", influences.Count, left.Length, "documents"));
        }

        return new ContextInfluence(
            [.. influences.OrderBy(one => one.MeanOverlap).ThenByDescending(one => one.Displacement).ThenBy(one => one.DocumentId, StringComparer.Ordinal)], measure.Name, whole.Scores?[measure]);
    }
}

/// <summary>What one document of a context does.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Places">How often it stands in the context.</param>
/// <param name="Displacement">How far the ranked documents move without it: one minus the cosine, mean.</param>
/// <param name="Changed">Queries whose best ten change without it.</param>
/// <param name="MeanOverlap">The share of a query's best ten that stays, mean; 1 where there are no queries.</param>
/// <param name="Gain">The measure with it minus the measure without it; null where nothing is judged.</param>
/// <param name="Interval">The 95 % bootstrap interval of that.</param>
public sealed record DocumentInfluence(string DocumentId, int Places, double Displacement, int Changed, double MeanOverlap, double? Gain, ConfidenceInterval? Interval);
