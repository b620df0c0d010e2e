using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;

namespace Cde.Workbench.Contexts;

/// <summary>How much it matters which documents a sampler happened to take: the same search in contexts of several seeds.</summary>
/// <param name="Samples">One context a seed.</param>
/// <param name="MeanOverlap">The share of a query's best ten that two contexts share, mean over queries and pairs of contexts.</param>
/// <param name="Displacement">One minus the cosine of a document's vectors in two contexts, mean over documents and pairs.</param>
/// <param name="Queries">The queries in the task's order, with how far the contexts spread them.</param>
/// <param name="Measure">Such as nDCG@10.</param>
public sealed record ContextSensitivity(IReadOnlyList<SampledContext> Samples, double MeanOverlap, double Displacement, IReadOnlyList<QuerySpread> Queries, string Measure)
{
    /// <summary>The measure, mean over the contexts.</summary>
    public double Mean => Samples.Average(sample => sample.Score);

    /// <summary>Its standard deviation over the contexts (n - 1).</summary>
    public double StandardDeviation => Math.Sqrt(Samples.Sum(sample => (sample.Score - Mean) * (sample.Score - Mean)) / (Samples.Count - 1));

    /// <summary>Searches in one context after the other.</summary>
    /// <param name="encoder">The contextual model.</param>
    /// <param name="contexts">Two contexts at least, of different seeds.</param>
    /// <param name="task">Documents, queries and judgements.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="options">Batches and cache: with a cache, a run that was stopped goes on where it was.</param>
    /// <param name="progress">Told in contexts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">There are fewer than two contexts, or one does not fit the model.</exception>
    public static async Task<ContextSensitivity> RunAsync(
        IEncoder encoder, IReadOnlyList<CorpusContext> contexts, RetrievalTask task, Measure measure, EmbedOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (contexts.Count < 2)
            throw new CdeException($"{contexts.Count} contexts have no spread; take two at least");
        var runs = new List<ContextRun>();
        try
        {
            foreach (var context in contexts)
            {
                progress?.Report(new WorkProgress($"searching in context {runs.Count + 1} of {contexts.Count}", 0, 0, ""));
                using var embedder = new ContextualEmbedder(encoder, context);
                runs.Add(await ContextRun.RunAsync(embedder, task.Corpus, task, measure, options, progress, cancellationToken).ConfigureAwait(false));
            }

            return Of(contexts, runs, task, measure);
        }
        finally
        {
            foreach (var run in runs)
                run.Dispose();
        }
    }

    private static ContextSensitivity Of(IReadOnlyList<CorpusContext> contexts, List<ContextRun> runs, RetrievalTask task, Measure measure)
    {
        var pairs = runs.SelectMany((one, i) => runs.Skip(i + 1).Select(other => (One: one, Other: other))).ToList();
        var overlaps = task.Queries.ToDictionary(query => query.Id, query => pairs.Average(pair => pair.One.Overlap(pair.Other, query.Id)), StringComparer.Ordinal);
        var values = runs.Select(run => run.Scores!.PerQuery(measure)).ToList();
        var places = runs[0].Scores!.QueryIds.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place, StringComparer.Ordinal);
        return new ContextSensitivity(
            [.. contexts.Zip(runs, (context, run) => new SampledContext(context.Seed, context.Hash, run.Scores![measure]))],
            overlaps.Values.Average(),
            pairs.Average(pair => pair.One.Displacements(pair.Other).Average()),
            [
                .. task.Queries.Select(query => places.TryGetValue(query.Id, out var place)
                    ? new QuerySpread(query.Id, overlaps[query.Id], values.Min(value => value[place]), values.Max(value => value[place]))
                    : new QuerySpread(query.Id, overlaps[query.Id], null, null)),
            ],
            measure.Name);
    }
}

/// <summary>One of the contexts.</summary>
/// <param name="Seed">The sampler's seed.</param>
/// <param name="Hash">The context's hash.</param>
/// <param name="Score">The measure in it.</param>
public sealed record SampledContext(long Seed, string Hash, double Score);

/// <summary>How far contexts spread a query.</summary>
/// <param name="Id">The query.</param>
/// <param name="Overlap">The share of its best ten that two contexts share, mean over the pairs.</param>
/// <param name="Lowest">The measure in the worst context; null where the query is not judged.</param>
/// <param name="Highest">The measure in the best.</param>
public sealed record QuerySpread(string Id, double Overlap, double? Lowest, double? Highest);
