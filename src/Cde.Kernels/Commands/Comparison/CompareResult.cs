using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Commands;

/// <summary>Systems compared.</summary>
/// <param name="Measure">What is compared.</param>
/// <param name="Comparison">Means, tests and letters by task.</param>
/// <param name="Queries">The first system against each other: the queries on which they differ most.</param>
/// <param name="Rule">How was counted.</param>
public sealed record CompareResult(string Measure, SystemComparison Comparison, IReadOnlyList<ComparedQueries> Queries, string Rule) : CommandResult
{
    private const int MostRows = 40; // a figure of more rows is not read

    private IEnumerable<TaskComparison> All => Comparison.Together is { } together ? Comparison.Tasks.Append(together) : Comparison.Tasks;

    /// <inheritdoc/>
    public override View Describe()
    {
        var systems = Comparison.Systems;
        var order = Enumerable.Range(0, systems.Count).OrderByDescending(system => All.Last().Means[system]).ToList();
        var blocks = new List<Block>
        {
            new Table(
                ["system", .. All.Select(task => $">{Shown.Id(task.Task, 30)}")],
                [.. order.Select(system => (IReadOnlyList<string>)[systems[system], .. All.Select(task => $"{task.Means[system].ToString("0.0000", CultureInfo.InvariantCulture)} {task.Letters[system]}")])])
            {
                Title = $"{Measure}; {(Baseline is { } name ? $"{SystemComparison.Different} differs significantly from {name}" : "systems that share a letter do not differ significantly")} ({Tests}, level {Comparison.Options.Alpha.ToString(CultureInfo.InvariantCulture)})",
            },
            new Table(
                [.. TaskCell("task"), "pair", ">difference", ">95 % interval", ">effect", ">wins / ties / losses", ">p", ">corrected"],
                [.. All.SelectMany(task => task.Pairs.Select(pair => Row(task, pair)))])
            { Title = Baseline is null ? "every pair: first minus second" : "each system minus the baseline" },
        };
        if (All.SelectMany(task => task.Pairs).Any())
            blocks.Add(new Drawing(Figure()));
        foreach (var pair in Queries)
            blocks.AddRange(Tables(pair));
        blocks.Add(new Paragraph($"{string.Join("; ", Comparison.Tasks.Select(task => string.Create(CultureInfo.InvariantCulture, $"{task.Task}: {task.Count:N0} items{(task.LeftOut > 0 ? $", {task.LeftOut:N0} left out that not all scored" : "")}")))}. {Rule}"));
        blocks.Add(new Paragraph(string.Join(". ", All.Select(task => task.Test).Distinct().Select(RuleOf))));
        return new View(blocks);
    }

    /// <summary>The task's cell of a row; none where there is one task, which the first table names.</summary>
    private string[] TaskCell(string text) => All.Count() > 1 ? [text] : [];

    private string? Baseline => Comparison.Options.Baseline is { } place ? Comparison.Systems[place] : null;

    private string Tests => string.Join(" and ", All.Select(task => task.Test).Distinct().Select(NameOf)) + (Comparison.Options.Correction switch
    {
        PValueCorrection.None => ", not corrected",
        PValueCorrection.BenjaminiHochberg => ", corrected after Benjamini and Hochberg",
        var correction => $", corrected after {correction}",
    });

    private static string NameOf(PairedTestKind test) => test switch
    {
        PairedTestKind.T => "paired t test",
        PairedTestKind.Wilcoxon => "Wilcoxon's signed rank test",
        PairedTestKind.Sign => "sign test",
        PairedTestKind.Bootstrap => "paired bootstrap",
        _ => "paired randomisation test",
    };

    /// <summary>What a test's p value counts.</summary>
    private string RuleOf(PairedTestKind test) => $"p of the {NameOf(test)}: " + (test switch
    {
        PairedTestKind.T => "of the items' mean difference over its standard error",
        PairedTestKind.Wilcoxon => "of the ranks of the items' differences",
        PairedTestKind.Sign => "of wins and losses alone",
        PairedTestKind.Bootstrap => $"twice the smaller share of {Shown.Count(Comparison.Options.Draws)} draws of the items, the same for both systems, in which the difference lies on either side of 0; wins and losses are counted by how well each item does by itself",
        _ => $"the share of {Shown.Count(Comparison.Options.Draws)} random signs of the items' differences, or of all signs of a few items, that give a mean difference as large",
    });

    private DifferenceChart Figure()
    {
        // On many tasks the figure keeps to their mean, then to the first pairs.
        var count = All.Sum(task => task.Pairs.Count);
        var shown = (count > MostRows && Comparison.Together is { } together ? [together] : All).SelectMany(task => task.Pairs.Select(pair => (task, pair))).Take(MostRows).ToList();
        return new DifferenceChart
        {
            Title = $"Differences in {Measure}{(shown.Count < count ? string.Create(CultureInfo.InvariantCulture, $": {shown.Count} of {count} pairs") : "")}",
            ValueLabel = $"difference in {Measure}, first minus second",
            Note = $"95 % bootstrap intervals; {Tests}",
            Rows =
            [
                .. shown.Select(row => new Difference(
                    $"{(All.Count() > 1 ? $"{Shown.Id(row.task.Task, 24)}: " : "")}{Pair(row.pair)}", row.pair.Compared.Difference, row.pair.Compared.Interval.Low, row.pair.Compared.Interval.High, row.pair.IsSignificant)),
            ],
        };
    }

    private string Pair(SystemPair pair) => $"{Comparison.Systems[pair.First]} − {Comparison.Systems[pair.Second]}";

    private IReadOnlyList<string> Row(TaskComparison task, SystemPair pair) =>
    [
        .. TaskCell(Shown.Id(task.Task, 30)),
        Pair(pair),
        Signed(pair.Compared.Difference),
        $"{Signed(pair.Compared.Interval.Low)} to {Signed(pair.Compared.Interval.High)}",
        double.IsNaN(pair.Effect.CohenDz) ? "-" : pair.Effect.CohenDz.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{pair.Compared.Wins} / {pair.Compared.Ties} / {pair.Compared.Losses}"),
        P(pair.PValues[task.Test]),
        P(pair.AdjustedPValue) + (pair.IsSignificant ? " *" : "  "),
    ];

    private IEnumerable<Block> Tables(ComparedQueries pair)
    {
        foreach (var (title, queries) in ((string, IReadOnlyList<ComparedQuery>)[])[($"where {pair.First} is most above {pair.Second}", pair.Wins), ($"where {pair.First} is most below {pair.Second}", pair.Losses)])
        {
            if (queries.Count == 0)
                continue;
            var ofSeveral = Comparison.Tasks.Count > 1;
            var hasRanks = queries.Any(query => query.FirstRank is not null || query.SecondRank is not null);
            yield return new Table(
                [.. ofSeveral ? (string[])["task"] : [], "query", "text", $">{Shown.Shorten(pair.First, 18)}", $">{Shown.Shorten(pair.Second, 18)}", .. hasRanks ? (string[])[">first relevant at"] : []],
                [.. queries.Select(query => (IReadOnlyList<string>)[.. ofSeveral ? (string[])[Shown.Id(query.Task, 24)] : [], Shown.Id(query.Id, 24), Shown.Shorten(query.Text, 70), Shown.Score(query.First), Shown.Score(query.Second), .. hasRanks ? (string[])[$"{Rank(query.FirstRank)} / {Rank(query.SecondRank)}"] : []])])
            { Title = title };
        }
    }

    private static string Rank(int? rank) => rank?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static string P(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
