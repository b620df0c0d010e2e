using System.Globalization;
using System.Text;
using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>How values are spread: series over each other in common bins, such as the scores of positives and of negatives.</summary>
/// <remarks>Heights are shares of each series, so that series of unequal length compare; the legend says how many values each has.</remarks>
/// <example>
/// <code>
/// new Histogram { Title = "Scores", ValueLabel = "cosine", Series = [new("positives", positives), new("negatives", negatives)] }
/// </code>
/// </example>
public sealed record Histogram : Figure
{
    private const int Left = 64;
    private const int Plot = 560;
    private const int LegendTop = 28;
    private const int PlotHeight = 200;
    private const string Levels = " ▁▂▃▄▅▆▇█";

    /// <summary>What the values measure, with the unit.</summary>
    public required string ValueLabel { get; init; }

    /// <summary>The series; at least one.</summary>
    public required IReadOnlyList<HistogramSeries> Series { get; init; }

    /// <summary>Bins over the whole range at most; the width is rounded up to 1, 2, 2.5 or 5 times a power of ten. <value>From 1 to 500; 40 by default.</value></summary>
    public int Bins { get; init; } = 40;

    /// <summary>The fixed ends of the values, such as (-1, 1) for cosines; as the values need where null. Values outside are counted in the bins at the ends.</summary>
    public (double From, double To)? Range { get; init; }

    /// <inheritdoc/>
    /// <exception cref="CdeException">A value that is not finite.</exception>
    public override string ToSvg()
    {
        var bins = HistogramBins.Of(this);
        var names = Series.Select(NameOf).ToArray();
        var top = LegendTop + ChartLegend.Height(names, Plot) + 22;
        var svg = new SvgWriter(Left + Plot + 24, top + PlotHeight + 48, Title);
        svg.Text(0, 18, TextWidth.Cut(Title, 15, Plot), anchor: "start", weight: 600, size: 15);
        ChartLegend.Draw(svg, names, Left, LegendTop, Plot);
        if (Series.All(series => series.Values.Count == 0))
        {
            svg.Text(Left, top + (PlotHeight / 2), "no values", anchor: "start", isMuted: true);
            return svg.ToString();
        }

        var most = bins.Counts.SelectMany((counts, series) => counts.Select(count => bins.Share(series, count))).Max();
        var area = new ChartArea(Left, top, Plot, PlotHeight, LinearAxis.Between(bins.From, bins.To), LinearAxis.Covering(0, most));
        area.Open(svg, ValueLabel, "share of the series in each bin", zoomsAcross: true);
        for (var series = 0; series < Series.Count; series++)
            DrawSeries(svg, area, bins, series);
        ChartArea.Close(svg);
        return svg.ToString();
    }

    /// <inheritdoc/>
    /// <exception cref="CdeException">A value that is not finite.</exception>
    public override string ToPlotlyJson() => ChartPlotly.Of(this);

    /// <inheritdoc/>
    /// <exception cref="CdeException">A value that is not finite.</exception>
    public override string ToText()
    {
        var bins = HistogramBins.Of(this);
        var text = new StringBuilder(FormattableString.Invariant($"{Title} ({ValueLabel}, {bins.From:0.####} to {bins.To:0.####} in bins of {bins.Width:0.####})"));
        var most = bins.Counts.SelectMany((counts, series) => counts.Select(count => bins.Share(series, count))).DefaultIfEmpty(0).Max();
        var width = Series.Max(series => NameOf(series).Length);
        for (var series = 0; series < Series.Count; series++)
        {
            text.Append('\n').Append(NameOf(Series[series]).PadRight(width)).Append("  ");
            foreach (var count in bins.Counts[series])
                text.Append(count == 0 ? ' ' : Levels[Math.Clamp((int)Math.Ceiling(bins.Share(series, count) / most * (Levels.Length - 1)), 1, Levels.Length - 1)]);
            if (Series[series].Values.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"  median {HistogramBins.Median(Series[series].Values):0.####}");
        }

        return text.ToString();
    }

    /// <summary>A series' name with how many values it has.</summary>
    internal static string NameOf(HistogramSeries series) => string.Create(CultureInfo.InvariantCulture, $"{series.Name} ({series.Values.Count:N0})");

    private void DrawSeries(SvgWriter svg, ChartArea area, HistogramBins bins, int series)
    {
        var counts = bins.Counts[series];
        svg.OpenSeries(series, name: Series[series].Name);
        var outline = new StringBuilder($"M{Number(area.X(bins.From))} {Number(area.Height)}");
        for (var bin = 0; bin < counts.Count; bin++)
            outline.Append($"V{Number(area.Y(bins.Share(series, counts[bin])))}H{Number(area.X(bins.Edge(bin + 1)))}");
        outline.Append($"V{Number(area.Height)}");
        svg.Path(outline + "Z", "class=\"band\" fill-opacity=\".3\"");
        svg.Path(outline.ToString(), "class=\"line\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"");
        for (var bin = 0; bin < counts.Count; bin++)
        {
            if (counts[bin] == 0)
                continue;
            var (left, right, top) = (area.X(bins.Edge(bin)), area.X(bins.Edge(bin + 1)), area.Y(bins.Share(series, counts[bin])));
            svg.Path(
                $"M{Number(left)} {Number(top)}H{Number(right)}V{Number(area.Height)}H{Number(left)}Z",
                "fill-opacity=\"0\"",
                FormattableString.Invariant($"{Series[series].Name}\n{bins.Edge(bin):0.####} to {bins.Edge(bin + 1):0.####}: {counts[bin]:N0} of {Series[series].Values.Count:N0} ({bins.Share(series, counts[bin]):0.0%})"));
        }

        svg.Close();
    }
}
