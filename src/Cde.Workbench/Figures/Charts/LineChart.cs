using System.Globalization;
using System.Text;
using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>Values over a common axis, each series a line, with a band where intervals are known.</summary>
/// <remarks>A value that is not finite leaves a gap. Long series are drawn by the least and the largest value of each pixel column, so that no spike is lost.</remarks>
public sealed record LineChart : Figure
{
    private const int Left = 64;
    private const int Plot = 560;
    private const int LegendTop = 28;
    private const int PlotHeight = 200;
    private const int MostDots = 40;
    private const int TextWidthCharacters = 60;
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>What the horizontal axis counts.</summary>
    public required string XLabel { get; init; }

    /// <summary>The lines; at least one.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>What the vertical axis measures; may be empty.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Whether the horizontal axis is logarithmic, as for recall over the cut-off k. Places are then above 0.</summary>
    public bool IsXLogarithmic { get; init; }

    /// <summary>Whether the vertical axis is logarithmic. Values are then above 0.</summary>
    public bool IsYLogarithmic { get; init; }

    /// <summary>The vertical axis' fixed ends, such as (0, 1) for shares; as the values need where null.</summary>
    public (double From, double To)? YRange { get; init; }

    /// <inheritdoc/>
    /// <exception cref="CdeException">A place or value on a logarithmic axis that is not above 0.</exception>
    public override string ToSvg()
    {
        var points = Series.Select(series => LinePoint.Of(series, Title)).ToArray();
        var all = points.SelectMany(line => line).ToArray();
        Check(points);
        var names = Series.Select(series => series.Name).ToArray();
        var top = LegendTop + ChartLegend.Height(names, Plot) + (YLabel.Length > 0 ? 22 : 8);
        var svg = new SvgWriter(Left + Plot + 24, top + PlotHeight + 48, Title);
        svg.Text(0, 18, TextWidth.Cut(Title, 15, Plot), anchor: "start", weight: 600, size: 15);
        if (all.Length == 0)
        {
            svg.Text(Left, top + (PlotHeight / 2), "no values yet", anchor: "start", isMuted: true);
            return svg.ToString();
        }

        ChartLegend.Draw(svg, names, Left, LegendTop, Plot);
        var x = Axis(all.Min(point => point.X), all.Max(point => point.X), IsXLogarithmic, tight: IsXLogarithmic || points.All(line => line.Count > MostDots));
        var y = YRange is { } range ? Axis(range.From, range.To, IsYLogarithmic, tight: false) : Axis(all.Min(point => point.Low), all.Max(point => point.High), IsYLogarithmic, tight: false);
        var area = new ChartArea(Left, top, Plot, PlotHeight, x, y);
        area.Open(svg, XLabel, YLabel, zoomsAcross: false);
        for (var series = 0; series < points.Length; series++)
            DrawLine(svg, area, series, points[series]);
        ChartArea.Close(svg);
        return svg.ToString();
    }

    /// <inheritdoc/>
    public override string ToPlotlyJson() => ChartPlotly.Of(this);

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
            var shown = Math.Min(TextWidthCharacters, values.Length);
            for (var i = 0; i < shown; i++)
                text.Append(Levels[high > low ? (int)((values[(int)((long)i * values.Length / shown)] - low) / (high - low) * (Levels.Length - 1)) : 0]);
            text.Append(CultureInfo.InvariantCulture, $"  {values[0]:g4} to {values[^1]:g4} (least {low:g4}, largest {high:g4})");
        }

        return text.ToString();
    }

    private static IAxis Axis(double low, double high, bool isLogarithmic, bool tight) =>
        isLogarithmic ? LogAxis.Covering(low, high) : tight ? LinearAxis.Between(low, high) : LinearAxis.Covering(low, high);

    private void DrawLine(SvgWriter svg, ChartArea area, int series, IReadOnlyList<LinePoint> points)
    {
        var values = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:g6},{point.Y:g6}")));
        svg.OpenSeries(series, name: Series[series].Name, values: values);
        if (Series[series].Low.Count > 0 && points.Count > 1)
        {
            var band = points.Select(point => (point.X, Y: point.High)).Concat(points.Reverse().Select(point => (point.X, Y: point.Low)));
            svg.Path($"M{string.Join('L', band.Select(point => $"{Number(area.X(point.X))} {Number(area.Y(point.Y))}"))}Z", "class=\"band\" fill-opacity=\".18\"");
        }

        svg.Polyline([.. points.Select(point => (area.X(point.X), area.Y(point.Y)))], "currentColor", Series[series].Name);
        if (points.Count is > 1 and <= MostDots)
        {
            svg.Open("g", "class=\"points\" style=\"--r:3px\"");
            foreach (var point in points)
            {
                var interval = Series[series].Low.Count > 0 ? FormattableString.Invariant($" [{point.Low:0.####}, {point.High:0.####}]") : "";
                svg.Circle(area.X(point.X), area.Y(point.Y), 3, FormattableString.Invariant($"{Series[series].Name}\n{XLabel} {point.X:0.####}: {point.Y:0.####}{interval}"));
            }

            svg.Close();
        }

        svg.Close();
    }

    private void Check(IReadOnlyList<LinePoint>[] lines)
    {
        for (var series = 0; series < lines.Length; series++)
        {
            foreach (var point in lines[series])
            {
                if ((IsXLogarithmic && point.X <= 0) || (IsYLogarithmic && point.Low <= 0))
                    throw new CdeException(FormattableString.Invariant($"chart \"{Title}\", series {Series[series].Name}: {point.X:g4}, {point.Low:g4} cannot stand on a logarithmic axis, which begins above 0; leave it out or take a linear axis"));
            }
        }
    }
}
