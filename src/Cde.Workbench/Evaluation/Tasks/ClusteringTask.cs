using System.Globalization;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>Clustering: texts are put into as many clusters as there are labels; the main score is the V-measure, the mean over the task's sets.</summary>
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
        var scores = new List<double>();
        for (var number = 0; number < Sets.Count; number++)
        {
            string[] labels = [.. Sets[number].Select(item => item.Label)];
            var count = labels.Distinct().Count();
            if (count < 2)
                throw new CdeException($"{Info.Path}: all {labels.Length} texts of set {number + 1} have the label \"{labels.FirstOrDefault()}\"; clustering needs two labels at least");
            using var vectors = await encoder.DocumentsAsync([.. Sets[number].Select(item => item.Text)], cancellationToken).ConfigureAwait(false);
            var found = await Task.Run(() => MiniBatchKMeans.Fit(vectors, count, Batch, options.Seed, cancellationToken), cancellationToken).ConfigureAwait(false);
            scores.Add(LabelAgreement.Of(labels, found).VMeasure);
        }

        return new TaskResult(
            Info,
            Main,
            new Dictionary<string, double> { [Main] = scores.Average(), ["v_measure_std"] = Math.Sqrt(scores.Average(value => Math.Pow(value - scores.Average(), 2))) },
            string.Create(CultureInfo.InvariantCulture, $"V-measure of mini-batch k-means (batches of {Batch}, as many clusters as labels, seed {options.Seed}), mean over {scores.Count} set{(scores.Count > 1 ? "s" : "")}"))
        {
            Count = Sets.Sum(set => set.Count),
            Items = Sets.Count > 1 ? [.. scores.Select((value, set) => new ScoredItem(set.ToString(CultureInfo.InvariantCulture), "", [value]))] : [],
            Interval = Sets.Count > 1 ? Bootstrap.OfMean(scores, draws: options.IntervalDraws, seed: options.Seed) : null,
        };
    }
}
