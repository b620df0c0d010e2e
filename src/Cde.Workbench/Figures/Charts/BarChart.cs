using System.Globalization;
using System.Text;
using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>Horizontal bars from zero: a group of bars for each category, one bar for each series, with the values' intervals where they are known.</summary>
/// <remarks>Values are finite and not negative; NaN stands for a missing value and leaves its place empty.</remarks>
public sealed record BarChart : Figure
{
    private const int Plot = 520;
    private const int Right = 70;
    private const int Bar = 13;
    private const int GroupGap = 12;
    private const int LegendTop = 30;
    private const int TextBarWidth = 40;
    private const double LongestLabel = 480;

    /// <summary>What the bars measure, with the unit.</summary>
    public required string ValueLabel { get; init; }

    /// <summary>The groups, from top to bottom.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The series: one value for each category.</summary>
    public required IReadOnlyList<BarSeries> Series { get; init; }

    /// <summary>How values are written, as .NET formats numbers. <value><c>0.000</c> by default; <c>N0</c> for counts.</value></summary>
    public string ValueFormat { get; init; } = "0.000";

    /// <summary>What the whiskers are, in words, such as <c>95 % bootstrap intervals</c>; may be empty.</summary>
    public string IntervalNote { get; init; } = "";

    /// <summary>Where the bars begin: right of the longest label.</summary>
    private double Left => Math.Clamp(16 + Categories.Select(name => TextWidth.Of(name, 12)).DefaultIfEmpty(0).Max(), 80, LongestLabel);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        Check();
        var names = Series.Select(series => series.Name).ToArray();
        var legend = ChartLegend.Height(names, Plot);
        var (left, top, group) = (Left, LegendTop + legend + 14, (Series.Count * Bar) + GroupGap);
        var bottom = top + (Categories.Count * group);
        var axis = LinearAxis.Covering(0, Largest());
        var svg = new SvgWriter(left + Plot + Right, bottom + 42, Title);
        svg.Text(0, 18, TextWidth.Cut(Title, 15, (left + Plot + Right) * 0.92), anchor: "start", weight: 600, size: 15);
        ChartLegend.Draw(svg, names, left, LegendTop, Plot);
        foreach (var tick in axis.Ticks)
        {
            var x = left + (axis.Share(tick) * Plot);
            svg.Line(x, top - 6, x, bottom);
            svg.Text(x, bottom + 16, axis.Label(tick), anchor: "middle");
        }

        var what = IntervalNote.Length > 0 ? $"{ValueLabel}; {IntervalNote}" : ValueLabel;
        svg.Text(left + (Plot / 2.0), bottom + 34, TextWidth.Cut(what, 12, Plot + (2 * Right)), anchor: "middle");
        for (var category = 0; category < Categories.Count; category++)
            svg.Text(left - 8, top + (category * group) + (Series.Count * Bar / 2.0) + 4, TextWidth.Cut(Categories[category], 12, left - 12), anchor: "end");
        for (var series = 0; series < Series.Count; series++)
        {
            svg.OpenSeries(series);
            for (var category = 0; category < Categories.Count; category++)
                DrawBar(svg, axis, category, series, left, top + (category * group) + (series * Bar));
            svg.Close();
        }

        return svg.ToString();
    }

    /// <inheritdoc/>
    public override string ToHtml() => FigureHtml.Of(ToSvg(), []);

    /// <inheritdoc/>
    public override string ToPlotlyJson()
    {
        Check();
        return ChartPlotly.Of(this);
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        Check();
        var most = Largest();
        var label = Categories.Select(name => name.Length).DefaultIfEmpty(0).Max();
        var name = Series.Select(series => series.Name.Length).DefaultIfEmpty(0).Max();
        var text = new StringBuilder($"{Title} ({ValueLabel}{(IntervalNote.Length > 0 ? $"; {IntervalNote}" : "")})");
        var width = Series.SelectMany(series => series.Values).Select(value => Value(value).Length).DefaultIfEmpty(0).Max();
        for (var category = 0; category < Categories.Count; category++)
        {
            for (var series = 0; series < Series.Count; series++)
            {
                var value = Series[series].Values[category];
                var length = double.IsNaN(value) || most <= 0 ? 0 : (int)Math.Round(value / most * TextBarWidth);
                text.Append('\n').Append((series == 0 ? Categories[category] : "").PadRight(label)).Append("  ").Append(Series[series].Name.PadRight(name))
                    .Append("  ").Append(Value(value).PadLeft(width)).Append(' ').Append('█', length).Append(Interval(series, category));
            }
        }

        return text.ToString();
    }

    private string Value(double value) => double.IsNaN(value) ? "  -  " : value.ToString(ValueFormat, CultureInfo.InvariantCulture);

    private string Interval(int series, int category) =>
        Whisker(series, category) is { } interval ? $" [{Value(interval.Low)}, {Value(interval.High)}]" : "";

    private (double Low, double High)? Whisker(int series, int category) =>
        Series[series].Low.Count > 0 && double.IsFinite(Series[series].Low[category]) && double.IsFinite(Series[series].High[category])
            ? (Series[series].Low[category], Series[series].High[category])
            : null;

    private void DrawBar(SvgWriter svg, LinearAxis axis, int category, int series, double left, double y)
    {
        var value = Series[series].Values[category];
        if (double.IsNaN(value))
            return;
        var (width, end) = (axis.Share(value) * Plot, axis.Share(value) * Plot);
        svg.Rectangle(left, y, width, Bar - 2, "currentColor", $"{Categories[category]}\n{Series[series].Name}: {Value(value)}{Interval(series, category)}");
        if (Whisker(series, category) is { } interval)
        {
            var (from, to, middle) = (left + (axis.Share(interval.Low) * Plot), left + (axis.Share(interval.High) * Plot), y + ((Bar - 2) / 2.0));
            end = Math.Max(end, to - left);
            svg.Path($"M{Number(from)} {Number(middle)}H{Number(to)}M{Number(from)} {Number(middle - 3)}v6M{Number(to)} {Number(middle - 3)}v6", "class=\"ink\" fill=\"none\" stroke=\"#1b1f24\" pointer-events=\"none\"");
        }

        svg.Open("g", "class=\"ink\" color=\"#1b1f24\"");
        svg.Text(left + end + 4, y + Bar - 3, Value(value), anchor: "start", size: 10);
        svg.Close();
    }

    private double Largest() => Series.SelectMany(series => series.Values.Concat(series.High)).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private void Check()
    {
        foreach (var series in Series)
        {
            if (series.Values.Count != Categories.Count)
                throw new ArgumentException($"series {series.Name} has {series.Values.Count} values for {Categories.Count} categories");
            if (series.Low.Count != series.High.Count || (series.Low.Count > 0 && series.Low.Count != Categories.Count))
                throw new ArgumentException($"series {series.Name} has {series.Low.Count} beginnings and {series.High.Count} ends of intervals for {Categories.Count} categories");
            if (series.Values.Concat(series.Low).Concat(series.High).Any(value => double.IsInfinity(value) || value < 0))
                throw new ArgumentException($"series {series.Name}: bars are finite and not negative");
        }
    }
}
