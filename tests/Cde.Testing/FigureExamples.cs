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
        ["map"] = () => Map(600, 12) with { Marks = Queries(600, 12), Note = "UMAP of 384 dimensions, 15 neighbours, seed 7; trustworthiness 0.941, neighbourhood overlap 0.387" },
        ["map-arrows"] = () => Displacement(120),
        ["map-one-group"] = () => Map(200, 1) with { Groups = [], GroupNames = [] },
        ["map-one-point"] = () => new ScatterMap { Title = "One document", X = [0.5f], Y = [3f], Ids = ["M:System.String.Concat"], Texts = ["Concatenates the elements of an object array."] },
        ["map-one-place"] = () => new ScatterMap { Title = "All at one place", X = [2f, 2f, 2f], Y = [1f, 1f, 1f], Groups = [0, 1, -1], GroupNames = ["first", "second"] },
        ["map-no-points"] = () => new ScatterMap { Title = "Nothing sampled", X = [], Y = [] },
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
            Title = $"{points} members of the reference packs by cluster",
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
            Title = "The same documents under two contexts",
            Note = "from the context of the own corpus to one of another corpus; mean displacement 0.71",
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

    private static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
