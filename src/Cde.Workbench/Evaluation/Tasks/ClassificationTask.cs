using System.Globalization;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Classification: a logistic regression learns labels from a few training texts for each label and is asked for those of the test texts; the main score is the mean accuracy
/// of ten draws of eight.
/// </summary>
/// <param name="info">What it is.</param>
/// <param name="train">The texts to learn from; two labels at least.</param>
/// <param name="test">The texts to ask for; two labels at least.</param>
public sealed class ClassificationTask(TaskInfo info, IReadOnlyList<LabelledText> train, IReadOnlyList<LabelledText> test) : EvaluationTask(info)
{
    /// <summary>The main score's name.</summary>
    public const string Main = "accuracy";

    /// <inheritdoc/>
    public override Corpus ContextCorpus { get; } = TextsOf(info.Name, train.Select(item => item.Text));

    /// <summary>The texts to learn from.</summary>
    public IReadOnlyList<LabelledText> Train { get; } = train;

    /// <summary>The texts to ask for.</summary>
    public IReadOnlyList<LabelledText> Test { get; } = test;

    /// <summary>Rows to learn from, drawn without replacement: at most so many for each label, in the order of a shuffle that goes on from draw to draw (as mteb's undersampling).</summary>
    /// <param name="labels">A label for each training text.</param>
    /// <param name="perLabel">Rows for each label.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="seed">Their seed.</param>
    public static IReadOnlyList<int[]> Draw(IReadOnlyList<int> labels, int perLabel, int draws, long seed)
    {
        var random = new SeededRandom(seed);
        int[] order = [.. Enumerable.Range(0, labels.Count)];
        return [.. Enumerable.Range(0, draws).Select(_ =>
        {
            random.Shuffle(order.AsSpan());
            var taken = new Dictionary<int, int>();
            return order.Where(row => (taken[labels[row]] = taken.GetValueOrDefault(labels[row]) + 1) <= perLabel).ToArray();
        })];
    }

    /// <summary>Macro F1: the mean of the labels' F1 over the labels that occur, as scikit-learn.</summary>
    /// <param name="given">The right labels.</param>
    /// <param name="found">The answers.</param>
    public static double MacroF1(IReadOnlyList<int> given, IReadOnlyList<int> found) => given.Concat(found).Distinct().Average(label =>
    {
        var right = given.Zip(found).Count(pair => pair.First == label && pair.Second == label);
        return 2.0 * right / (given.Count(other => other == label) + found.Count(other => other == label));
    });

    /// <inheritdoc/>
    protected override async Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken)
    {
        string[] names = [.. Train.Select(item => item.Label).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length < 2)
            throw new CdeException($"{Info.Path}: all {Train.Count} training texts have the label \"{names.FirstOrDefault()}\"; classification needs two labels at least");
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
        int[] labels = [.. Train.Select(item => numbers[item.Label])], wanted = [.. Test.Select(item => numbers.GetValueOrDefault(item.Label, -1))];
        var draws = Draw(labels, options.SamplesPerLabel, options.Draws, options.Seed);
        // Only texts that some draw takes are embedded.
        int[] used = [.. draws.SelectMany(rows => rows).Distinct().Order()];
        using var learned = await encoder.DocumentsAsync([.. used.Select(row => Train[row].Text)], cancellationToken).ConfigureAwait(false);
        using var asked = await encoder.DocumentsAsync([.. Test.Select(item => item.Text)], cancellationToken).ConfigureAwait(false);
        var answers = draws.Select(rows => Learn(learned, used, rows, labels, names.Length, cancellationToken).Predict(asked)).ToList();
        double[] accuracies = [.. answers.Select(found => (double)found.Zip(wanted).Count(pair => pair.First == pair.Second) / wanted.Length)];
        double[] perItem = [.. Enumerable.Range(0, wanted.Length).Select(row => answers.Average(found => found[row] == wanted[row] ? 1.0 : 0.0))];
        var fewest = labels.CountBy(label => label).Min(pair => pair.Value);
        var unknown = wanted.Count(label => label < 0);
        var rule = string.Create(
            CultureInfo.InvariantCulture,
            $"mean accuracy of {draws.Count} logistic regressions, each from {options.SamplesPerLabel} texts for each of {names.Length} labels{(fewest < options.SamplesPerLabel ? $" (the rarest label has {fewest}, which is all it gives)" : "")}, asked for {wanted.Length} texts{(unknown > 0 ? $", {unknown} of which have labels that do not occur in training" : "")}");
        return new TaskResult(
            Info,
            Main,
            new Dictionary<string, double> { [Main] = accuracies.Average(), ["f1"] = answers.Average(found => MacroF1(wanted, found)), ["accuracy_stderr"] = Math.Sqrt(accuracies.Average(value => Math.Pow(value - accuracies.Average(), 2))) },
            rule)
        {
            Count = wanted.Length,
            Items = [.. perItem.Select((value, row) => new ScoredItem(row.ToString(CultureInfo.InvariantCulture), Test[row].Text, [value]))],
            Interval = Bootstrap.OfMean(perItem, draws: options.IntervalDraws, seed: options.Seed),
        };
    }

    private static LogisticRegression Learn(EmbeddingMatrix vectors, int[] used, int[] rows, int[] labels, int classes, CancellationToken cancellationToken) => LogisticRegression.Fit(
        [.. rows.Select(row => VectorSimilarity.Doubles(vectors[Array.BinarySearch(used, row)]))], [.. rows.Select(row => labels[row])], classes, cancellationToken: cancellationToken);
}
