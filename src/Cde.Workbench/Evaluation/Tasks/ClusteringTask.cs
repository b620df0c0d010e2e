using System.Globalization;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Clustering: texts are put into as many clusters as there are labels; the main score is the V-measure, the mean over the task's sets. One set alone is clustered from several
/// starts, whose mean is the score: one start's luck is as large as the difference of two models.
/// </summary>
/// <param name="info">What it is.</param>
/// <param name="sets">One or more sets of labelled texts, each with two labels at least.</param>
public sealed class ClusteringTask(TaskInfo info, IReadOnlyList<IReadOnlyList<LabelledText>> sets) : EvaluationTask(info)
{
    /// <summary>The main score's name.</summary>
    public const string Main = "v_measure";

    private const int Batch = 500; // as mteb

    /// <inheritdoc/>
    public override Corpus ContextCorpus { get; } = TextsOf(info.Name, sets.SelectMany(set => set.Select(item => item.Text)));

    /// <summary>The sets.</summary>
    public IReadOnlyList<IReadOnlyList<LabelledText>> Sets { get; } = sets;

    /// <inheritdoc/>
    protected override async Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken)
    {
        var starts = Sets.Count > 1 ? 1 : options.Draws;
        var (scores, found) = (new List<double>(), new List<int[]>());
        for (var number = 0; number < Sets.Count; number++)
        {
            string[] labels = [.. Sets[number].Select(item => item.Label)];
            var count = labels.Distinct().Count();
            if (count < 2)
                throw new CdeException($"{Info.Path}: all {labels.Length} texts of set {number + 1} have the label \"{labels.FirstOrDefault()}\"; clustering needs two labels at least");
            using var vectors = await encoder.DocumentsAsync([.. Sets[number].Select(item => item.Text)], cancellationToken).ConfigureAwait(false);
            for (var start = 0; start < starts; start++)
            {
                var seed = options.Seed + start;
                found.Add(await Task.Run(() => MiniBatchKMeans.Fit(vectors, count, Batch, seed, cancellationToken), cancellationToken).ConfigureAwait(false));
                scores.Add(LabelAgreement.Of(labels, found[^1]).VMeasure);
            }
        }

        var how = string.Create(CultureInfo.InvariantCulture, $"V-measure of mini-batch k-means (batches of {Batch}, as many clusters as labels, seed {options.Seed})");
        var result = new TaskResult(
            Info,
            Main,
            new Dictionary<string, double> { [Main] = scores.Average(), ["v_measure_std"] = Math.Sqrt(scores.Average(value => Math.Pow(value - scores.Average(), 2))) },
            Sets.Count > 1 ? $"{how}, mean over {Sets.Count} sets" : $"{how}, mean over {starts} starts; of a text by itself: the B-cubed F1 of its cluster and its label")
        {
            Count = Sets.Sum(set => set.Count),
        };
        return Sets.Count > 1 ? result with
        {
            Items = [.. scores.Select((value, set) => new ScoredItem(set.ToString(CultureInfo.InvariantCulture), $"set {set + 1}: {Sets[set].Count} texts, {Sets[set].DistinctBy(item => item.Label).Count()} labels", [value]))],
            Interval = Bootstrap.OfMean(scores, draws: options.IntervalDraws, seed: options.Seed),
        }
        : await Task.Run(() => OfTexts(result, found, options, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The items and the interval of one set: texts, with their cluster from each start.</summary>
    private TaskResult OfTexts(TaskResult result, List<int[]> found, TaskOptions options, CancellationToken cancellationToken)
    {
        var numbers = Sets[0].Select(item => item.Label).Distinct().Select((label, number) => (label, number)).ToDictionary(pair => pair.label, pair => (double)pair.number, StringComparer.Ordinal);
        double[] labels = [.. Sets[0].Select(item => numbers[item.Label])];
        double[][] starts = [.. found.Select(clusters => Array.ConvertAll(clusters, cluster => (double)cluster))];
        var agreement = VMeasureStatistic.Agreement(starts, labels);
        var items = Sets[0].Select((item, row) => ItemOf(row, item.Text, agreement[row], labels[row], [.. starts.Select(clusters => clusters[row])])).ToList();
        return WithInterval(result with { Items = items, Statistic = ItemStatistic.VMeasure }, options, cancellationToken);
    }
}
