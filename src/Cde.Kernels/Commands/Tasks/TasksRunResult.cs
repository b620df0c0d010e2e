using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Commands;

/// <summary>A model's scores on tasks.</summary>
/// <param name="Model">The model.</param>
/// <param name="Results">Task by task.</param>
public sealed record TasksRunResult(string Model, IReadOnlyList<TaskResult> Results) : CommandResult
{
    /// <summary>The unweighted mean of the main scores.</summary>
    public double Mean => Results.Average(result => result.MainScore);

    /// <summary>The mean of the main scores of each kind.</summary>
    public IReadOnlyDictionary<string, double> MeanByKind => Results.GroupBy(result => result.Task.Kind).ToDictionary(kind => kind.Key.ToString(), kind => kind.Average(result => result.MainScore));

    /// <inheritdoc/>
    public override View Describe()
    {
        var blocks = new List<Block>
        {
            new Table(
                ["task", "kind", "main score", ">score", ">95 % interval", ">items", "in front of queries | texts", ">seconds"],
                [
                    .. Results.Select(result => (IReadOnlyList<string>)
                    [
                        result.Task.Name, result.Task.Kind.ToString(), result.MainMeasure, Score(result.MainScore),
                        result.Interval is { } interval ? $"{Score(interval.Low)} to {Score(interval.High)}" : "-",
                        Shown.Count(result.Count), Instruction(result), result.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                    ]),
                    .. Results.Count > 1 ? [(IReadOnlyList<string>)["mean of the tasks", "", "", Score(Mean), "", "", "", ""]] : Array.Empty<IReadOnlyList<string>>(),
                ])
            { Title = Model },
        };
        if (Results.Any(result => PublishedScores.Of(result.Task).Count > 0))
            blocks.Add(Published());
        if (Results.All(result => result.MainScore >= 0))
            blocks.Add(new Drawing(Figure()));
        blocks.AddRange(Results.Select(result => new Paragraph($"{result.Task.Name}: {result.Rule}.")));
        return new View(blocks);
    }

    private static string Score(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Instruction(TaskResult result) => result.Instruction is not { } instruction ? ""
        : result.Task.Kind is TaskKind.Retrieval or TaskKind.Reranking ? $"{Quoted(instruction.Query)} | {Quoted(instruction.Document)}" : Quoted(instruction.Document);

    private static string Quoted(string text) => text.Length == 0 ? "nothing" : $"\"{Shown.Shorten(text, 24)}\"";

    /// <summary>Ours among the published models, a column for each task that has any, in the order of their means; a score that is missing counts 0 there.</summary>
    private Table Published()
    {
        var tasks = Results.Where(result => PublishedScores.Of(result.Task).Count > 0).ToList();
        var scores = tasks.ConvertAll(result => PublishedScores.Of(result.Task).Append((Model: $"{Model} (here)", Score: result.MainScore)).DistinctBy(row => row.Model).ToDictionary(row => row.Model, row => row.Score));
        var models = scores.SelectMany(task => task.Keys).Distinct().OrderByDescending(model => scores.Average(task => task.GetValueOrDefault(model, 0))).ToList();
        return new Table(
            ["model", .. tasks.Select(result => $">{TaskResultFile.NameOf(result.Task)}{(result.Task.Subset == "default" ? "" : $" {result.Task.Subset}")}")],
            [.. models.Select(model => (IReadOnlyList<string>)[model, .. scores.Select(task => task.TryGetValue(model, out var score) ? Score(score) : "")])])
        {
            Title = "beside the main scores that MTEB's results repository publishes",
        };
    }

    private BarChart Figure() => new()
    {
        Title = $"Main scores of {Model}",
        ValueLabel = "main score",
        IntervalNote = "95 % bootstrap intervals",
        Categories = [.. Results.Select(result => $"{result.Task.Name} ({result.MainMeasure})")],
        Series =
        [
            new BarSeries(Model, [.. Results.Select(result => result.MainScore)])
            {
                Low = [.. Results.Select(result => Math.Max(0, result.Interval?.Low ?? double.NaN))],
                High = [.. Results.Select(result => result.Interval?.High ?? double.NaN)],
            },
        ],
    };
}
