using System.Globalization;

namespace Cde.Workbench.Figures;

/// <summary>The list of a map's groups beside it, the largest first, each with how many points it has.</summary>
internal sealed class MapLegend(MapContent content)
{
    /// <summary>The number by which the script knows the diamonds.</summary>
    public const int MarksSeries = -2;

    /// <summary>The number by which the script knows the arrows.</summary>
    public const int ArrowsSeries = -3;

    private const int Line = 20;
    private const int Most = 22;
    private const double NameWidth = 164;

    /// <summary>Whether there is nothing to explain.</summary>
    public bool IsEmpty => !content.Groups.Any(group => group.Name.Length > 0) && content.Map.Marks.Count == 0 && content.Map.Arrows.Count == 0;

    /// <summary>Draws it.</summary>
    public void Draw(SvgWriter svg, double x, double y)
    {
        if (IsEmpty)
            return;
        y += 12;
        if (content.Map.Marks.Count > 0)
            Key(svg, x, ref y, MarksSeries, content.Map.MarksName, content.Map.Marks.Count, "M0-5L5 0L0 5L-5 0Z", "fill=\"currentColor\"");
        if (content.Map.Arrows.Count > 0)
            Key(svg, x, ref y, ArrowsSeries, content.Map.ArrowsName, content.Map.Arrows.Count, "M-6 0H6M2-3L6 0L2 3", "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"");
        var named = content.Groups.Where(group => group.Name.Length > 0).ToList();
        var room = Most - (content.Map.Marks.Count > 0 ? 1 : 0) - (content.Map.Arrows.Count > 0 ? 1 : 0);

        // Noise is last in size but never left out: its share says how much of the map the groups cover.
        var shown = named.Count <= room ? named : [.. named.Take(named[^1].Index < 0 ? room - 2 : room - 1), .. named.Where(group => group.Index < 0)];
        foreach (var group in shown)
            Key(svg, x, ref y, group.Index, group.Name, group.Points, "M-5.5-5.5H5.5V5.5H-5.5Z", "fill=\"currentColor\"");
        if (shown.Count < named.Count)
            svg.Text(x, y + 4, string.Create(CultureInfo.InvariantCulture, $"and {named.Count - shown.Count:N0} smaller groups"), anchor: "start", isMuted: true);
    }

    private static void Key(SvgWriter svg, double x, ref double y, int series, string name, int count, string shape, string attributes)
    {
        svg.OpenKey(series, x - 3, y - 9, 236, Line - 1);
        var colour = series < -1 ? "" : string.Create(CultureInfo.InvariantCulture, $"class=\"{(series < 0 ? "noise" : $"c{series % Palette.Count}")}\" color=\"{Palette.Colour(series)}\" ");
        svg.Path(shape, $"{colour}transform=\"translate({SvgWriter.Number(x + 6)} {SvgWriter.Number(y)})\" {attributes}", name);
        svg.Text(x + 18, y + 4, TextWidth.Cut(name, 12, NameWidth), anchor: "start");
        svg.Text(x + 230, y + 4, count.ToString("N0", CultureInfo.InvariantCulture), anchor: "end", isMuted: true);
        svg.Close();
        y += Line;
    }
}
