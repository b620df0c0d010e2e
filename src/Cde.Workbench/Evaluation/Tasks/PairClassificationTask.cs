using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>Pair classification: the main score is the best average precision of four similarities (cosine, inner product, both distances).</summary>
/// <param name="info">What it is.</param>
/// <param name="pairs">Two texts each, and whether they belong together; both answers occur.</param>
public sealed class PairClassificationTask(TaskInfo info, IReadOnlyList<LabelledPair> pairs) : EvaluationTask(info)
{
    /// <summary>The main score's name.</summary>
    public const string Main = "max_ap";

    /// <inheritdoc/>
    public override Corpus ContextCorpus { get; } = TextsOf(info.Name, pairs.SelectMany(pair => (string[])[pair.First, pair.Second]));

    /// <summary>The pairs.</summary>
    public IReadOnlyList<LabelledPair> Pairs { get; } = pairs;

    /// <summary>Average precision and the best thresholds of each similarity, and the largest of each over the similarities.</summary>
    /// <param name="similarities">The similarities of the pairs, by name; larger is more alike.</param>
    /// <param name="labels">Whether each pair belongs together.</param>
    public static IReadOnlyDictionary<string, double> Score(IEnumerable<(string Name, double[] Values)> similarities, IReadOnlyList<bool> labels)
    {
        var scores = new Dictionary<string, double>();
        foreach (var (name, values) in similarities)
        {
            var best = BinaryScores.Best(values, labels);
            scores[$"{name}_ap"] = BinaryScores.AveragePrecision(values, labels);
            scores[$"{name}_accuracy"] = best.Accuracy;
            scores[$"{name}_f1"] = best.F1;
            scores[$"{name}_precision"] = best.Precision;
            scores[$"{name}_recall"] = best.Recall;
        }

        foreach (var measure in (string[])["ap", "accuracy", "f1"])
            scores[$"max_{measure}"] = scores.Where(score => score.Key.EndsWith($"_{measure}", StringComparison.Ordinal)).Max(score => score.Value);
        return scores;
    }

    /// <inheritdoc/>
    protected override async Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken)
    {
        bool[] labels = [.. Pairs.Select(pair => pair.AreAlike)];
        if (labels.Distinct().Count() < 2)
            throw new CdeException($"{Info.Path}: all {labels.Length} pairs have the label {(labels[0] ? 1 : 0)}; pair classification needs both 0 and 1");
        using var first = await encoder.DocumentsAsync([.. Pairs.Select(pair => pair.First)], cancellationToken).ConfigureAwait(false);
        using var second = await encoder.DocumentsAsync([.. Pairs.Select(pair => pair.Second)], cancellationToken).ConfigureAwait(false);
        var similarities = VectorSimilarity.All.Select(similarity => (similarity.Name, Values: VectorSimilarity.Pairs(first, second, similarity.Of))).ToList();
        var sides = AveragePrecisionStatistic.Agreement([.. similarities.Select(similarity => similarity.Values)], labels);
        return WithInterval(new TaskResult(Info, Main, Score(similarities, labels), $"best average precision of {similarities.Count} similarities over {labels.Length} pairs, {labels.Count(alike => alike)} of them alike; of a pair by itself: the share of the other class that it is on the right side of")
        {
            Count = labels.Length,
            Statistic = ItemStatistic.AveragePrecision,
            Items = [.. Pairs.Select((pair, row) => ItemOf(row, $"{pair.First} | {pair.Second}", sides[row], pair.AreAlike ? 1 : 0, [.. similarities.Select(similarity => similarity.Values[row])]))],
        }, options, cancellationToken);
    }
}

/// <summary>Two texts and whether they belong together.</summary>
/// <param name="First">A text.</param>
/// <param name="Second">Another.</param>
/// <param name="AreAlike">Whether they belong together.</param>
public sealed record LabelledPair(string First, string Second, bool AreAlike);
