using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Figures;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>Finds the k1 and b of BM25 for a task.</summary>
public sealed class Bm25TuneCommand : Command<Bm25TuneOptions, Bm25TuneResult>
{
    /// <inheritdoc/>
    public override string Name => "bm25 tune";

    /// <inheritdoc/>
    public override string Summary => "Find BM25's k1 and b for a task, scored on queries it was not tuned on";

    /// <inheritdoc/>
    public override string Description =>
        "Tries a grid of k1 and b. The score is cross-validated: the queries are parted into --folds, each is searched with what is best for the others. evaluate and search take what was found "
        + "as --k1 and --b.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["bm25 tune --corpus dotnet-api/System.Text.Json", "bm25 tune --corpus scifact --measure MAP@100 --folds 5"];

    /// <inheritdoc/>
    public override async Task<Bm25TuneResult> RunAsync(Bm25TuneOptions options, Session session, CancellationToken cancellation)
    {
        var measure = Measure.Parse(options.Measure);
        var task = session.Task(options.Corpus);
        var found = await Task.Run(
            () => Bm25CrossValidation.Run(task, measure, options.Folds, options.Depth, options.Seed, session.Progress, cancellation), cancellation).ConfigureAwait(false);
        var difference = PairedTest.Compare(found.Tuned, found.Plain, measure, seed: options.Seed);
        return new Bm25TuneResult(
            task.Name, found.Tuned.QueryIds.Count, found.Whole.Options.K1, found.Whole.Options.B, Line(found.Plain), Line(found.Tuned), difference,
            [.. found.Folds.Select(fold => new Bm25Setting(fold.K1, fold.B))])
        {
            Grid = found.Whole.Grid,
            Provenance = new Provenance { Seed = options.Seed, Corpus = task.Corpus.Name, CorpusHash = task.Corpus.Hash },
        };

        MeasureLine Line(EvaluationResult scores)
        {
            var interval = scores.Interval(measure, seed: options.Seed);
            return new MeasureLine(measure.Name, scores[measure], interval.Low, interval.High);
        }
    }
}

/// <summary>What <c>bm25 tune</c> takes.</summary>
public sealed record Bm25TuneOptions : CorpusOptions
{
    /// <summary>What is best.</summary>
    [Option("The measure that is tuned for", ValueName = "NAME")]
    public string Measure { get; init; } = "nDCG@10";

    /// <summary>Parts of the queries.</summary>
    [Option("Parts of the queries: each is scored with what is best for the others", Min = 2, Max = 100)]
    public int Folds { get; init; } = 2;

    /// <summary>How deep to search.</summary>
    [Option("Documents to find for each query", Min = 1, Max = 100_000)]
    public int Depth { get; init; } = 100;
}

/// <summary>A k1 with a b.</summary>
/// <param name="K1">How soon further occurrences of a word stop to count.</param>
/// <param name="B">How much long documents are held back.</param>
public sealed record Bm25Setting(double K1, double B);

/// <summary>What was found for a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Queries">Queries with a relevant document.</param>
/// <param name="K1">The best k1 for all queries.</param>
/// <param name="B">The best b for all queries.</param>
/// <param name="Plain">The score with the defaults.</param>
/// <param name="Tuned">The cross-validated score.</param>
/// <param name="Difference">Tuned minus plain, query by query.</param>
/// <param name="Folds">What was best outside each fold.</param>
public sealed record Bm25TuneResult(
    string Task, int Queries, double K1, double B, MeasureLine Plain, MeasureLine Tuned, PairedComparison Difference, IReadOnlyList<Bm25Setting> Folds) : CommandResult
{
    /// <summary>Every pair of k1 and b with its score on all queries.</summary>
    [JsonIgnore]
    public IReadOnlyList<(double K1, double B, double Score)> Grid { get; init; } = [];

    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(
            ["BM25 on " + Task, ">k1", ">b", $">{Plain.Measure}", ">95 % interval"],
            [
                ["default", Number(Default.K1), Number(Default.B), Shown.Score(Plain.Mean), Interval(Plain.Low, Plain.High)],
                ["tuned on other queries", Each(fold => fold.K1), Each(fold => fold.B), Shown.Score(Tuned.Mean), Interval(Tuned.Low, Tuned.High)],
            ]),
        new Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"tuned - default {Difference.Difference:+0.0000;-0.0000} ({Difference.Interval.Low:+0.0000;-0.0000} to {Difference.Interval.High:+0.0000;-0.0000}), p {Difference.PValue:0.0000}, {Queries} queries")),
        new Paragraph($"from now on: --k1 {Number(K1)} --b {Number(B)} (the best on all queries)"),
        new Drawing(Map()));

    private static Bm25Options Default { get; } = new();

    private string Each(Func<Bm25Setting, double> of) => string.Join(", ", Folds.Select(fold => Number(of(fold))));

    private static string Interval(double low, double high) => string.Create(CultureInfo.InvariantCulture, $"{low:0.000} to {high:0.000}");

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private HeatMap Map()
    {
        double[] k1s = [.. Grid.Select(point => point.K1).Distinct()], bs = [.. Grid.Select(point => point.B).Distinct()];
        var values = new float[k1s.Length, bs.Length];
        foreach (var (k1, b, score) in Grid)
            values[Array.IndexOf(k1s, k1), Array.IndexOf(bs, b)] = (float)score;
        return new HeatMap
        {
            Title = $"BM25 on {Task}: {Plain.Measure} of all queries",
            Values = values,
            RowNames = [.. k1s.Select(Number)],
            ColumnNames = [.. bs.Select(Number)],
            RowLabel = "k1",
            ColumnLabel = "b",
            ValueLabel = Plain.Measure,
            Scale = (Grid.Min(point => point.Score), Math.Max(Grid.Max(point => point.Score), Grid.Min(point => point.Score) + 0.001)),
        };
    }
}
