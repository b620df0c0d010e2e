using System.Globalization;
using System.Text;

namespace Cde.Workbench.Figures;

/// <summary>Horizontal bars from zero: a group of bars for each category, one bar for each series.</summary>
/// <remarks>Values are finite and not negative; NaN stands for a missing value and leaves its place empty.</remarks>
public sealed record BarChart : Figure
{
    private const int Plot = 520;
    private const int Right = 70;
    private const int Bar = 13;
    private const int GroupGap = 12;
    private const int Top = 58;
    private const int TextBarWidth = 40;
    private const double LabelCharacter = 7.2; // width of a character at 12 px, generously

    /// <summary>What the bars measure, with the unit.</summary>
    public required string ValueLabel { get; init; }

    /// <summary>The groups, from top to bottom.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The series: one value for each category.</summary>
    public required IReadOnlyList<BarSeries> Series { get; init; }

    /// <summary>Where the bars begin: right of the longest label.</summary>
    private double Left => Math.Max(80, 16 + (LabelCharacter * Categories.Max(name => name.Length)));

    /// <inheritdoc/>
    public override string ToSvg()
    {
        Check();
        var axis = LinearAxis.Covering(0, Largest());
        var group = (Series.Count * Bar) + GroupGap;
        var height = Top + (Categories.Count * group) + 40;
        var svg = new SvgWriter(Left + Plot + Right, height, Title);
        svg.Text(0, 18, Title, anchor: "start", weight: 600, size: 15);
        DrawLegend(svg);
        var bottom = Top + (Categories.Count * group);
        foreach (var tick in axis.Ticks)
        {
            var x = Left + (axis.Share(tick) * Plot);
            svg.Line(x, Top - 6, x, bottom);
            svg.Text(x, bottom + 16, axis.Label(tick), anchor: "middle");
        }

        svg.Text(Left + (Plot / 2.0), bottom + 34, ValueLabel, anchor: "middle");
        for (var category = 0; category < Categories.Count; category++)
        {
            var y = Top + (category * group);
            svg.Text(Left - 8, y + (Series.Count * Bar / 2.0) + 4, Categories[category], anchor: "end");
            for (var series = 0; series < Series.Count; series++)
                DrawBar(svg, axis, category, series, y + (series * Bar));
        }

        return svg.ToString();
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        Check();
        var most = Largest();
        var label = Categories.Max(name => name.Length);
        var name = Series.Max(series => series.Name.Length);
        var text = new StringBuilder($"{Title} ({ValueLabel})");
        for (var category = 0; category < Categories.Count; category++)
        {
            for (var series = 0; series < Series.Count; series++)
            {
                var value = Series[series].Values[category];
                var length = double.IsNaN(value) || most <= 0 ? 0 : (int)Math.Round(value / most * TextBarWidth);
                text.Append('\n').Append((series == 0 ? Categories[category] : "").PadRight(label)).Append("  ").Append(Series[series].Name.PadRight(name))
                    .Append("  ").Append(Value(value)).Append(' ').Append('█', length);
            }
        }

        return text.ToString();
    }

    private static string Value(double value) => double.IsNaN(value) ? "  -  " : value.ToString("0.000", CultureInfo.InvariantCulture);

    private void DrawBar(SvgWriter svg, LinearAxis axis, int category, int series, double y)
    {
        var value = Series[series].Values[category];
        if (double.IsNaN(value))
            return;
        var width = axis.Share(value) * Plot;
        svg.Rectangle(Left, y, width, Bar - 2, Palette.Colour(series), $"{Categories[category]}, {Series[series].Name}: {Value(value)}");
        svg.Text(Left + width + 4, y + Bar - 3, Value(value), anchor: "start", size: 10);
    }

    private void DrawLegend(SvgWriter svg)
    {
        var x = Left;
        for (var series = 0; series < Series.Count; series++)
        {
            svg.Rectangle(x, 30, 11, 11, Palette.Colour(series), Series[series].Name);
            svg.Text(x + 16, 40, Series[series].Name, anchor: "start");
            x += 34 + (Series[series].Name.Length * 7);
        }
    }

    private double Largest() => Series.SelectMany(series => series.Values).Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Max();

    private void Check()
    {
        foreach (var series in Series)
        {
            if (series.Values.Count != Categories.Count)
                throw new ArgumentException($"series {series.Name} has {series.Values.Count} values for {Categories.Count} categories");
            if (series.Values.Any(value => double.IsInfinity(value) || value < 0))
                throw new ArgumentException($"series {series.Name}: bars are finite and not negative");
        }
    }
}

/// <summary>One series of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Values">A value for each category; NaN where there is none.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values);
