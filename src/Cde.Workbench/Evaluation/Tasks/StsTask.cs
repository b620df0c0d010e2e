using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>Semantic textual similarity: the main score is Spearman's correlation of the cosine with people's scores.</summary>
/// <param name="info">What it is.</param>
/// <param name="pairs">Two sentences and a score each, at least two with different scores.</param>
public sealed class StsTask(TaskInfo info, IReadOnlyList<ScoredPair> pairs) : EvaluationTask(info)
{
    /// <summary>The main score's name.</summary>
    public const string Main = "cosine_spearman";

    /// <inheritdoc/>
    public override Corpus ContextCorpus { get; } = TextsOf(info.Name, pairs.SelectMany(pair => (string[])[pair.First, pair.Second]));

    /// <summary>The pairs.</summary>
    public IReadOnlyList<ScoredPair> Pairs { get; } = pairs;

    /// <summary>Spearman's and Pearson's correlation of each similarity with the scores.</summary>
    /// <param name="similarities">The similarities of the pairs, by name.</param>
    /// <param name="scores">People's scores.</param>
    public static IReadOnlyDictionary<string, double> Score(IEnumerable<(string Name, double[] Values)> similarities, IReadOnlyList<double> scores) =>
        similarities.SelectMany(similarity => (KeyValuePair<string, double>[])
        [
            new($"{similarity.Name}_spearman", Correlation.Spearman(similarity.Values, scores)),
            new($"{similarity.Name}_pearson", Correlation.Pearson(similarity.Values, scores)),
        ]).ToDictionary();

    /// <inheritdoc/>
    protected override async Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken)
    {
        double[] scores = [.. Pairs.Select(pair => pair.Score)];
        if (scores.Distinct().Count() < 2)
            throw new CdeException($"{Info.Path}: all {scores.Length} pairs have the same score; a correlation needs at least two different ones");
        using var first = await encoder.DocumentsAsync([.. Pairs.Select(pair => pair.First)], cancellationToken).ConfigureAwait(false);
        using var second = await encoder.DocumentsAsync([.. Pairs.Select(pair => pair.Second)], cancellationToken).ConfigureAwait(false);
        var similarities = VectorSimilarity.All.Select(similarity => (similarity.Name, VectorSimilarity.Pairs(first, second, similarity.Of))).ToList();
        var cosines = similarities[0].Item2;
        var places = SpearmanStatistic.Agreement(cosines, scores);
        return WithInterval(new TaskResult(Info, Main, Score(similarities, scores), $"Spearman's correlation of cosines with the scores of {scores.Length} pairs; of a pair by itself: 1 minus how far its place by cosine is from its place by score")
        {
            Count = scores.Length,
            Statistic = ItemStatistic.Spearman,
            Items = [.. Pairs.Select((pair, row) => ItemOf(row, $"{pair.First} | {pair.Second}", places[row], pair.Score, cosines[row]))],
        }, options, cancellationToken);
    }
}

/// <summary>Two sentences and how alike people find them.</summary>
/// <param name="First">A sentence.</param>
/// <param name="Second">Another.</param>
/// <param name="Score">The score; larger is more alike.</param>
public sealed record ScoredPair(string First, string Second, double Score);
