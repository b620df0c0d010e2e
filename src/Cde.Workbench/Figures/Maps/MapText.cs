using System.Globalization;
using System.Text;

namespace Cde.Workbench.Figures;

/// <summary>A map in characters: where points lie, as dots of Braille letters, and the groups with their sizes.</summary>
internal static class MapText
{
    private const int Columns = 60;
    private const int Lines = 20;
    private const int MostGroups = 12;
    private const int NameLength = 60;

    // The bits of the eight dots of U+2800, two across and four down.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>The text, lines without a trailing line break.</summary>
    public static string Of(MapContent content)
    {
        var map = content.Map;
        var text = new StringBuilder(map.Title);
        if (map.Note.Length > 0)
            text.Append('\n').Append(map.Note);
        if (content.Count == 0)
            return text.Append("\nno points").ToString();
        foreach (var line in Draw(map))
            text.Append('\n').Append(line);
        text.Append(CultureInfo.InvariantCulture, $"\n{content.Count:N0} points");
        if (map.Marks.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $", {map.Marks.Count:N0} {map.MarksName}");
        if (map.Arrows.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $", {map.Arrows.Count:N0} arrows ({map.ArrowsName}), {map.Arrows.Average(arrow => arrow.Length):g3} long on average");
        var named = content.Groups.Where(group => group.Name.Length > 0).ToList();
        foreach (var group in named.Take(MostGroups))
            text.Append(CultureInfo.InvariantCulture, $"\n  {group.Points,7:N0}  {(group.Name.Length > NameLength ? group.Name[..(NameLength - 1)] + "…" : group.Name)}");
        if (named.Count > MostGroups)
            text.Append(CultureInfo.InvariantCulture, $"\n  {named.Skip(MostGroups).Sum(group => group.Points),7:N0}  in {named.Count - MostGroups:N0} more groups");
        return text.ToString();
    }

    private static IEnumerable<string> Draw(ScatterMap map)
    {
        // A letter is half as wide as it is high, so its eight dots form squares.
        var (width, height) = (2 * Columns, 4 * Lines);
        var frame = MapFrame.Around(map, width + 26, height + 26);
        var letters = new int[Lines, Columns];
        for (var point = 0; point < map.X.Count; point++)
        {
            var x = Math.Clamp((int)(frame.X(map.X[point]) - 13), 0, width - 1);
            var y = Math.Clamp((int)(frame.Y(map.Y[point]) - 13), 0, height - 1);
            letters[y / 4, x / 2] |= Dots[y % 4, x % 2];
        }

        return Enumerable.Range(0, Lines)
            .Select(line => string.Concat(Enumerable.Range(0, Columns).Select(column => letters[line, column] == 0 ? ' ' : (char)(0x2800 + letters[line, column]))).TrimEnd())
            .SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse();
    }
}
