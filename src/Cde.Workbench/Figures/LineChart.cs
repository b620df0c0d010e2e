using System.Globalization;
using System.Text;

namespace Cde.Workbench.Figures;

/// <summary>Values over a common axis, each series a line.</summary>
/// <remarks>A value that is not finite leaves a gap. Long series are drawn by the least and the largest value of each pixel column, so that no spike is lost.</remarks>
public sealed record LineChart : Figure
{
    private const int Left = 64;
    private const int Plot = 560;
    private const int Top = 52;
    private const int PlotHeight = 180;
    private const int Columns = 280;
    private const int TextWidth = 60;
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>What the horizontal axis counts.</summary>
    public required string XLabel { get; init; }

    /// <summary>The lines; at least one.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <inheritdoc/>
    public override string ToSvg()
    {
        var points = Series.Select(Points).ToArray();
        var all = points.SelectMany(line => line).ToArray();
        var svg = new SvgWriter(Left + Plot + 24, Top + PlotHeight + 48, Title);
        svg.Text(0, 18, Title, anchor: "start", weight: 600, size: 15);
        if (all.Length == 0)
        {
            svg.Text(Left, Top + (PlotHeight / 2), "no values yet", anchor: "start");
            return svg.ToString();
        }

        var (x, y) = (LinearAxis.Covering(all.Min(point => point.X), all.Max(point => point.X)), LinearAxis.Covering(all.Min(point => point.Y), all.Max(point => point.Y)));
        DrawAxes(svg, x, y);
        DrawLegend(svg);
        for (var series = 0; series < points.Length; series++)
            svg.Polyline([.. points[series].Select(point => (Left + (x.Share(point.X) * Plot), Top + ((1 - y.Share(point.Y)) * PlotHeight)))], Palette.Colour(series), Series[series].Name);
        return svg.ToString();
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var text = new StringBuilder(Title);
        var width = Series.Max(series => series.Name.Length);
        foreach (var series in Series)
        {
            var values = Enumerable.Range(0, series.Y.Count).Where(i => double.IsFinite(series.Y[i])).Select(i => series.Y[i]).ToArray();
            text.Append('\n').Append(series.Name.PadRight(width)).Append("  ");
            if (values.Length == 0)
            {
                text.Append("no values yet");
                continue;
            }

            var (low, high) = (values.Min(), values.Max());
            var shown = Math.Min(TextWidth, values.Length);
            for (var i = 0; i < shown; i++)
                text.Append(Levels[high > low ? (int)((values[(int)((long)i * values.Length / shown)] - low) / (high - low) * (Levels.Length - 1)) : 0]);
            text.Append(CultureInfo.InvariantCulture, $"  {values[0]:g4} to {values[^1]:g4} (least {low:g4}, largest {high:g4})");
        }

        return text.ToString();
    }

    /// <summary>The finite points, thinned to the least and the largest of each column where there are many.</summary>
    private static List<(double X, double Y)> Points(LineSeries series)
    {
        if (series.X.Count != series.Y.Count)
            throw new ArgumentException($"series {series.Name} has {series.X.Count} places for {series.Y.Count} values");
        var finite = series.X.Zip(series.Y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)).Select(point => (X: point.First, Y: point.Second)).ToList();
        if (finite.Count <= 2 * Columns)
            return finite;
        return [.. finite.Chunk((finite.Count + Columns - 1) / Columns).SelectMany(part => new[] { part.MinBy(point => point.Y), part.MaxBy(point => point.Y) }.OrderBy(point => point.X))];
    }

    private void DrawAxes(SvgWriter svg, LinearAxis x, LinearAxis y)
    {
        foreach (var tick in y.Ticks)
        {
            var place = Top + ((1 - y.Share(tick)) * PlotHeight);
            svg.Line(Left, place, Left + Plot, place);
            svg.Text(Left - 6, place + 4, y.Label(tick), anchor: "end", size: 11);
        }

        foreach (var tick in x.Ticks)
            svg.Text(Left + (x.Share(tick) * Plot), Top + PlotHeight + 18, x.Label(tick), anchor: "middle", size: 11);
        svg.Text(Left + (Plot / 2.0), Top + PlotHeight + 38, XLabel, anchor: "middle");
    }

    private void DrawLegend(SvgWriter svg)
    {
        var x = (double)Left;
        for (var series = 0; series < Series.Count; series++)
        {
            svg.Rectangle(x, 28, 11, 11, Palette.Colour(series), Series[series].Name);
            svg.Text(x + 16, 38, Series[series].Name, anchor: "start");
            x += 34 + (Series[series].Name.Length * 7);
        }
    }
}

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="X">Places, rising.</param>
/// <param name="Y">A value for each place; not finite where there is none.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);
