using System.Globalization;
using System.Xml.Linq;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public class BarChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Bars_are_as_long_as_their_values()
    {
        var chart = Chart("a", 0.2, 0.4);

        var widths = Bars(chart).Select(bar => double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(2, widths.Count);
        Assert.Equal(2, widths[1] / widths[0], 3);
    }

    [Theory]
    [InlineData("<script>alert('x')</script> & \"quotes\"")]
    [InlineData("control \u0001 and \uD800 half a pair")]
    public void Labels_are_escaped_and_kept(string label)
    {
        var root = XDocument.Parse(Chart(label, 0.5).ToSvg()).Root!;

        Assert.Empty(root.Descendants(Svg + "script"));
        if (label.Contains('&'))
            Assert.Contains(root.Descendants(Svg + "text"), text => text.Value == label);
    }

    [Fact]
    public void A_long_label_has_room_left_of_the_bars()
    {
        var chart = Chart(new string('m', 60), 0.5);

        var bar = double.Parse(Bars(chart)[0].Attribute("x")!.Value, CultureInfo.InvariantCulture);

        Assert.True(bar >= 60 * 7, $"the bars begin at {bar}");
    }

    [Fact]
    public void A_missing_value_leaves_its_place_empty()
    {
        Assert.Single(Bars(Chart("a", 0.5, double.NaN)));
    }

    [Fact]
    public void Nothing_but_zeros_can_be_drawn()
    {
        Assert.All(Bars(Chart("a", 0, 0)), bar => Assert.Equal("0", bar.Attribute("width")!.Value));
    }

    [Fact]
    public void A_series_of_another_length_is_refused()
    {
        var chart = Chart("a", 0.5) with { Categories = ["a", "b"] };

        Assert.Contains("1 values for 2 categories", Assert.Throws<ArgumentException>(chart.ToSvg).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_is_a_whisker_from_end_to_end_and_written()
    {
        var chart = Chart("a", 0.5) with { Series = [new BarSeries("s", [0.5]) { Low = [0.25], High = [1.0] }] };

        var root = XDocument.Parse(chart.ToSvg()).Root!;

        var bar = Bars(chart).Single();
        var (left, width) = (Number(bar, "x"), Number(bar, "width"));
        var whisker = root.Descendants(Svg + "path").Select(path => path.Attribute("d")!.Value).Single(path => path.Contains("v6", StringComparison.Ordinal));
        var ends = whisker[1..].Split('M')[0].Split(' ', 'H');
        Assert.Equal(left + (width / 2), double.Parse(ends[0], CultureInfo.InvariantCulture), 1);
        Assert.Equal(left + (width * 2), double.Parse(ends[2], CultureInfo.InvariantCulture), 1);
        Assert.Contains("[0.250, 1.000]", bar.Value, StringComparison.Ordinal);
        Assert.Contains("[0.250, 1.000]", chart.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_that_lack_an_end_are_refused()
    {
        var chart = Chart("a", 0.5) with { Series = [new BarSeries("s", [0.5]) { Low = [0.25] }] };

        Assert.Contains("1 beginnings and 0 ends", Assert.Throws<ArgumentException>(chart.ToSvg).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_form_shows_every_value()
    {
        var lines = Chart("System.Text.Json", 0.25, 0.5).ToText().Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Contains("0.250 " + new string('█', 20), lines[1], StringComparison.Ordinal);
        Assert.Contains("0.500 " + new string('█', 40), lines[2], StringComparison.Ordinal);
    }

    private static BarChart Chart(string category, params double[] values) => new()
    {
        Title = "scores",
        ValueLabel = "nDCG@10",
        Categories = [category],
        Series = [.. values.Select((value, i) => new BarSeries($"series {i}", [value]))],
    };

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static List<XElement> Bars(BarChart chart) => [.. XDocument.Parse(chart.ToSvg()).Descendants(Svg + "rect")];
}
