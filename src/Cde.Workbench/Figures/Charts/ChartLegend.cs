using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>The names of a chart's series in rows above it, each with its colour.</summary>
internal static class ChartLegend
{
    /// <summary>Pixels of a row.</summary>
    public const int Row = 18;

    private const double Gap = 18;
    private const double Sign = 17;
    private const double LongestPixels = 260;

    /// <summary>How many pixels the rows take.</summary>
    public static double Height(IReadOnlyList<string> names, double width) => names.Count == 0 ? 0 : (Places(names, width)[^1].Row + 1) * Row;

    /// <summary>Draws the rows.</summary>
    /// <param name="svg">Where to.</param>
    /// <param name="names">The series' names.</param>
    /// <param name="x">Where rows begin.</param>
    /// <param name="y">Where the first row begins.</param>
    /// <param name="width">How long a row may be.</param>
    public static void Draw(SvgWriter svg, IReadOnlyList<string> names, double x, double y, double width)
    {
        var places = Places(names, width);
        for (var series = 0; series < names.Count; series++)
        {
            var (left, top) = (x + places[series].X, y + (places[series].Row * Row));
            svg.OpenKey(series, left - 3, top - 3, Sign + Math.Min(LongestPixels, TextWidth.Of(names[series], 12)) + 6, Row - 1);
            svg.Path($"M{Number(left)} {Number(top)}h11v11h-11Z", $"class=\"c{series % Palette.Count}\" color=\"{Palette.Colour(series)}\" fill=\"currentColor\"", names[series]);
            svg.Text(left + Sign, top + 10, TextWidth.Cut(names[series], 12, LongestPixels), anchor: "start");
            svg.Close();
        }
    }

    private static List<(double X, int Row)> Places(IReadOnlyList<string> names, double width)
    {
        var (places, x, row) = (new List<(double, int)>(), 0.0, 0);
        foreach (var name in names)
        {
            var needed = Sign + Math.Min(LongestPixels, TextWidth.Of(name, 12));
            if (x > 0 && x + needed > width)
                (x, row) = (0, row + 1);
            places.Add((x, row));
            x += needed + Gap;
        }

        return places;
    }
}
