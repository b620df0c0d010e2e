using Cde.Workbench;
using Cde.Workbench.Figures;

namespace Cde.Testing;

/// <summary>Figures of every kind, from seeded numbers and real names: for snapshots, browser tests and the manual's pictures.</summary>
public static class FigureExamples
{
    // Namespaces of the default corpus, and long ones among them.
    private static readonly string[] Names =
    [
        "System.Text.Json", "System.Collections.Immutable", "System.Net.Sockets", "Regex", "System.Linq.Expressions", "XDocument and XElement",
        "Microsoft.AspNetCore.Mvc.ModelBinding.Validation", "System.Security.AccessControl", "Threading", "System.IO.Pipelines", "Routing", "System.Numerics.Tensors",
    ];

    /// <summary>The figures by name.</summary>
    public static IReadOnlyDictionary<string, Func<Figure>> All { get; } = new Dictionary<string, Func<Figure>>
    {
        ["map"] = () => Map(600, 12) with { Marks = Queries(600, 12), Note = "points drawn at random around a place for each group; real names, no real vectors" },
        ["map-arrows"] = () => Displacement(120),
        ["map-one-group"] = () => Map(200, 1) with { Groups = [], GroupNames = [] },
        ["map-one-point"] = () => new ScatterMap { Title = "One document", X = [0.5f], Y = [3f], Ids = ["M:System.String.Concat"], Texts = ["Concatenates the elements of an object array."] },
        ["map-one-place"] = () => new ScatterMap { Title = "All at one place", X = [2f, 2f, 2f], Y = [1f, 1f, 1f], Groups = [0, 1, -1], GroupNames = ["first", "second"] },
        ["map-no-points"] = () => new ScatterMap { Title = "Nothing sampled", X = [], Y = [] },
        ["heat-map"] = () => Batch(16),
        ["heat-map-large"] = () => Batch(128) with { Masks = [] },
        ["heat-map-one"] = () => new HeatMap { Title = "One text and itself", Values = new float[,] { { 1f } }, Scale = (0, 1), ValueLabel = "share" },
        ["histogram"] = Scores,
        ["histogram-equal"] = () => new Histogram { Title = "All-equal scores", ValueLabel = "cosine", Series = [new("positives", [0.5f, 0.5f, 0.5f]), new("negatives", [])] },
        ["recall"] = Recall,
        ["training"] = Training,
        ["metrics"] = Metrics,
        ["differences"] = Differences,
        ["cluster-sizes"] = () => Sizes(96),
        ["cluster-sizes-three"] = () => new ClusterSizes { Title = "Three clusters", Sizes = [4, 0, 11], Names = ["json, read, write", "never met", "socket, send"], Noise = 5 },
    };

    /// <summary>A map of clusters of unequal size and shape, and noise.</summary>
    /// <param name="points">How many points.</param>
    /// <param name="groups">How many groups.</param>
    public static ScatterMap Map(int points, int groups)
    {
        var random = SeededRandom.For(7);
        var centres = Enumerable.Range(0, groups).Select(_ => (X: random.NextDouble() * 20, Y: random.NextDouble() * 14, Width: 0.3 + random.NextDouble())).ToArray();
        var (x, y, of) = (new float[points], new float[points], new int[points]);
        for (var point = 0; point < points; point++)
        {
            var group = (int)(Math.Pow(random.NextDouble(), 1.7) * groups);
            var isNoise = random.NextDouble() < 0.08;
            of[point] = isNoise ? -1 : group;
            x[point] = (float)(isNoise ? random.NextDouble() * 20 : centres[group].X + (Normal(random) * centres[group].Width));
            y[point] = (float)(isNoise ? random.NextDouble() * 14 : centres[group].Y + (Normal(random) * centres[group].Width * 0.7));
        }

        return new ScatterMap
        {
            Title = $"{points} made-up points by group",
            X = x,
            Y = y,
            Groups = of,
            GroupNames = [.. Enumerable.Range(0, groups).Select(group => group < Names.Length ? Names[group] : $"{Names[group % Names.Length]} {group / Names.Length}")],
            Ids = [.. Enumerable.Range(0, points).Select(point => $"M:{Names[Math.Max(0, of[point]) % Names.Length].Replace(' ', '.')}.Member{point}")],
            Texts = [.. Enumerable.Range(0, points).Select(point => $"Reads the value number {point} <from> the \"source\" & returns it, or throws where the source has ended before the value did; the position moves by one.")],
        };
    }

    private static ScatterMap Displacement(int points)
    {
        var (before, random) = (Map(points, 5), SeededRandom.For(8));
        var moved = Enumerable.Range(0, points).Select(_ => (X: (float)(Normal(random) * 0.7), Y: (float)(Normal(random) * 0.5))).ToArray();
        return before with
        {
            Title = "Made-up points under two contexts",
            Note = "arrows lead from the places in one to those in the other",
            X = [.. before.X.Select((x, point) => x + moved[point].X)],
            Y = [.. before.Y.Select((y, point) => y + moved[point].Y)],
            Arrows = [.. Enumerable.Range(0, points).Select(point => new MapArrow(
                before.X[point], before.Y[point], before.X[point] + moved[point].X, before.Y[point] + moved[point].Y, before.Ids[point], before.Groups[point]))],
        };
    }

    private static IReadOnlyList<MapMark> Queries(int points, int groups)
    {
        var map = Map(points, groups);
        return [.. Enumerable.Range(0, 9).Select(query => new MapMark(map.X[query * 31] + 0.2f, map.Y[query * 31] - 0.1f, $"q{query}", $"how do I read value {query}?"))];
    }

    private static HeatMap Batch(int size)
    {
        var random = SeededRandom.For(9);
        var (values, isFalse, isDuplicate) = (new float[size, size], new bool[size, size], new bool[size, size]);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var isNear = row / 4 == column / 4;
                values[row, column] = (float)Math.Clamp(row == column ? 0.86 + (0.05 * Normal(random)) : (isNear ? 0.45 : 0.02) + (0.16 * Normal(random)), -1, 1);
                isFalse[row, column] = row != column && values[row, column] > 0.6;
                isDuplicate[row, column] = row != column && isNear && random.NextDouble() < 0.06;
            }
        }

        return new HeatMap
        {
            Title = "A made-up batch: queries against documents, by cluster",
            Values = values,
            RowNames = [.. Enumerable.Range(0, size).Select(row => $"reads a value of {Names[row / 4 % Names.Length]} {row}")],
            ColumnNames = [.. Enumerable.Range(0, size).Select(column => $"{Names[column / 4 % Names.Length]}.Read{column}(Stream, Boolean)")],
            RowLabel = "queries",
            ColumnLabel = "documents",
            RowGroups = [.. Enumerable.Range(0, size).Select(row => row / 4)],
            ColumnGroups = [.. Enumerable.Range(0, size).Select(column => column / 4)],
            Masks = [new("false negatives", isFalse), new("duplicates", isDuplicate)],
        };
    }

    private static Histogram Scores()
    {
        var random = SeededRandom.For(10);
        return new Histogram
        {
            Title = "Made-up scores of positives and negatives",
            ValueLabel = "cosine",
            Series =
            [
                new("positives", [.. Enumerable.Range(0, 800).Select(_ => (float)Math.Clamp(0.68 + (0.12 * Normal(random)), -1, 1))]),
                new("negatives", [.. Enumerable.Range(0, 6_400).Select(_ => (float)Math.Clamp(0.41 + (0.1 * Normal(random)), -1, 1))]),
            ],
        };
    }

    private static LineChart Recall()
    {
        double[] cutoffs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
        LineSeries Run(string name, double at) => new(name, cutoffs, [.. cutoffs.Select(k => 1 - Math.Pow(k + 1, -at))])
        {
            Low = [.. cutoffs.Select(k => 1 - Math.Pow(k + 1, -at) - 0.03)],
            High = [.. cutoffs.Select(k => Math.Min(1, 1 - Math.Pow(k + 1, -at) + 0.03))],
        };
        return RecallCurves.Of("Recall of three made-up runs", Run("first run (k1 0.9, b 0.4)", 0.3), Run("second run", 0.45), Run("third run, with a longer name", 0.55));
    }

    private static LineChart Training()
    {
        var random = SeededRandom.For(11);
        double[] steps = [.. Enumerable.Range(1, 1_500).Select(step => (double)step)];
        double[] loss = [.. steps.Select(step => 0.6 + (4 * Math.Exp(-step / 300)) + (0.25 * Normal(random)))];
        return new LineChart { Title = "Loss", XLabel = "step", Series = [new LineSeries("loss", steps, loss), new LineSeries("without noise", steps, [.. steps.Select(step => 0.6 + (4 * Math.Exp(-step / 300)))])] };
    }

    private static BarChart Metrics() => new()
    {
        Title = "nDCG@10 of three made-up runs",
        ValueLabel = "nDCG@10",
        IntervalNote = "95 % bootstrap intervals",
        Categories = ["System.Text.Json", "System.Security.AccessControl", "Microsoft.AspNetCore.Mvc.ModelBinding.Validation", "mean"],
        Series =
        [
            new("first run", [0.51, 0.47, 0.39, 0.457]) { Low = [0.47, 0.43, 0.33, 0.44], High = [0.55, 0.52, 0.45, 0.48] },
            new("second run", [0.66, double.NaN, 0.58, 0.62]) { Low = [0.62, double.NaN, 0.52, 0.6], High = [0.69, double.NaN, 0.63, 0.64] },
            new("third run, with a longer name", [0.68, 0.63, 0.61, 0.64]) { Low = [0.64, 0.58, 0.55, 0.62], High = [0.71, 0.67, 0.66, 0.66] },
        ],
    };

    private static DifferenceChart Differences() => new()
    {
        Title = "Differences in nDCG@10 of three made-up runs",
        ValueLabel = "difference in nDCG@10, first minus second",
        Note = "95 % bootstrap intervals; significant after Holm's correction",
        Rows =
        [
            new("System.Text.Json: first run − second run", -0.15, -0.19, -0.11, true),
            new("System.Text.Json: second run − third run", -0.02, -0.05, 0.01, false),
            new("System.Security.AccessControl: first run − second run", 0.012, 0.004, 0.021, false),
            new("mean of the tasks: second run − third run, with a longer name", 0, 0, 0, false),
        ],
    };

    private static ClusterSizes Sizes(int clusters)
    {
        var random = SeededRandom.For(12);
        return new ClusterSizes { Title = "Members of made-up clusters", Sizes = [.. Enumerable.Range(0, clusters).Select(_ => (int)Math.Exp(4 + (0.9 * Normal(random))))], Names = [.. Enumerable.Range(0, clusters).Select(cluster => $"{Names[cluster % Names.Length]} words, of it {cluster}")], Noise = 341 };
    }

    private static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
