using System.Globalization;
using System.Text.RegularExpressions;

namespace Cde.Workbench.Figures;

/// <summary>A map's data, checked, with what every form of it needs.</summary>
internal sealed partial class MapContent
{
    /// <summary>Checks a map.</summary>
    /// <exception cref="CdeException">Lists of different lengths, or a place that is not finite.</exception>
    public MapContent(ScatterMap map)
    {
        Map = map;
        CheckLengths();
        CheckPlaces();
        Groups = MapGroup.Of(map);
    }

    /// <summary>The map.</summary>
    public ScatterMap Map { get; }

    /// <summary>The groups that have points, the largest first, noise last.</summary>
    public IReadOnlyList<MapGroup> Groups { get; }

    /// <summary>How many points there are.</summary>
    public int Count => Map.X.Count;

    /// <summary>Whether every point is drawn by itself.</summary>
    public bool IsSmall => Count <= ScatterMap.DrawnPoints;

    /// <summary>A point's group; 0 where there are no groups.</summary>
    public int GroupOf(int point) => Map.Groups.Count == 0 ? 0 : Math.Max(-1, Map.Groups[point]);

    /// <summary>What is told of a point: its name, and the beginning of its text on the next line.</summary>
    public string Hint(int point) =>
        Hint(Map.Ids.Count > 0 ? Map.Ids[point] : string.Create(CultureInfo.InvariantCulture, $"point {point}"), Map.Texts.Count > 0 ? Map.Texts[point] : "");

    /// <summary>What is told of a name and a text.</summary>
    public string Hint(string id, string text)
    {
        var length = IsSmall ? ScatterMap.TextLength : 80;
        var line = Blanks().Replace(text.Length > 4 * length ? text[..(4 * length)] : text, " ").Trim();
        if (line.Length > length)
            line = line[..(char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1)] + "…";
        var name = Blanks().Replace(id, " ").Trim();
        return line.Length > 0 ? $"{name}\n{line}" : name;
    }

    private void CheckLengths()
    {
        foreach (var (name, count, mayBeEmpty) in new[]
        {
            ("Y", Map.Y.Count, false), ("Groups", Map.Groups.Count, true), ("Ids", Map.Ids.Count, true), ("Texts", Map.Texts.Count, true),
        })
        {
            if (count != Count && !(mayBeEmpty && count == 0))
                throw new CdeException($"map \"{Map.Title}\": {name} has {count} entries for {Count} points; give one for each{(mayBeEmpty ? ", or none" : "")}");
        }
    }

    private void CheckPlaces()
    {
        for (var point = 0; point < Count; point++)
        {
            if (!float.IsFinite(Map.X[point]) || !float.IsFinite(Map.Y[point]))
                throw NotFinite(Map.Ids.Count > 0 ? $"point {point} ({Map.Ids[point]})" : $"point {point}", Map.X[point], Map.Y[point]);
        }

        foreach (var mark in Map.Marks)
        {
            if (!float.IsFinite(mark.X) || !float.IsFinite(mark.Y))
                throw NotFinite(mark.Id, mark.X, mark.Y);
        }

        foreach (var arrow in Map.Arrows)
        {
            if (!float.IsFinite(arrow.FromX + arrow.FromY + arrow.ToX + arrow.ToY))
                throw NotFinite($"an arrow ({arrow.Hint.Split('\n')[0]})", arrow.ToX, arrow.ToY);
        }
    }

    private CdeException NotFinite(string what, float x, float y) => new(string.Create(
        CultureInfo.InvariantCulture, $"map \"{Map.Title}\": {what} lies at {x}, {y}: places are finite numbers; leave it out, or look at its vector"));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
