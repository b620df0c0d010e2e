using System.Xml.Linq;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class LineChartTests
{
    [Fact]
    public void ToSvg_isOneElementWithALineASeries_andEscapesNames()
    {
        var svg = XElement.Parse(Chart([1, 2, 3], [3, 1, 2], "a <b> & c").ToSvg());

        Assert.Equal("svg", svg.Name.LocalName);
        var line = Assert.Single(svg.Descendants(), element => element.Name.LocalName == "polyline");
        Assert.Equal(3, line.Attribute("points")!.Value.Split(' ').Length);
        Assert.Contains("a <b> & c", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ToSvg_ofALongSeries_keepsItsSpikes()
    {
        var values = Enumerable.Range(0, 100_000).Select(i => i == 54_321 ? 100.0 : Math.Sin(i)).ToArray();

        var points = Points(Chart([.. Enumerable.Range(0, values.Length).Select(i => (double)i)], values));

        Assert.InRange(points.Length, 100, 600);
        Assert.Single(points, point => point < points.Min() + 1e-9); // the top of the plot is its largest value
    }

    [Fact]
    public void ToSvg_ofValuesThatAreNoNumbers_leavesThemOut() =>
        Assert.Equal(2, Points(Chart([1, 2, 3, 4], [1, double.NaN, double.PositiveInfinity, 2])).Length);

    [Fact]
    public void ToSvg_withoutValues_saysSo() => Assert.Contains("no values yet", Chart([], []).ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void ToText_showsTheCourseAndItsEnds()
    {
        var text = Chart([1, 2, 3], [4, 2, 1]).ToText();

        Assert.Contains("█▃▁", text, StringComparison.Ordinal);
        Assert.Contains("4 to 1 (least 1, largest 4)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ToSvg_ofPlacesWithoutValues_isRefused() => Assert.Throws<ArgumentException>(() => Chart([1, 2], [1]).ToSvg());

    [Fact]
    public void ToSvg_onALogarithmicAxis_putsEqualFactorsAtEqualWays()
    {
        var chart = RecallCurves.Of("recall", new LineSeries("BM25", [1, 10, 100], [0.1, 0.5, 0.9]));

        var across = Line(chart).Select(point => double.Parse(point.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(across[1] - across[0], across[2] - across[1], 1);
        Assert.Contains(">0.0<", chart.ToSvg(), StringComparison.Ordinal);
        Assert.Contains(">1.0<", chart.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToSvg_ofZeroOnALogarithmicAxis_isRefusedByName()
    {
        var chart = RecallCurves.Of("recall", new LineSeries("BM25", [0, 10], [0.1, 0.5]));

        Assert.Contains("series BM25: 0, 0.1 cannot stand", Assert.Throws<CdeException>(chart.ToSvg).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToSvg_ofIntervals_drawsABandAroundTheLine()
    {
        var chart = Chart([1, 2], [0.5, 0.6]) with { Series = [new LineSeries("s", [1, 2], [0.5, 0.6]) { Low = [0.4, 0.5], High = [0.7, 0.8] }] };

        var band = Assert.Single(XElement.Parse(chart.ToSvg()).Descendants(), element => element.Attribute("class")?.Value == "band");

        Assert.Equal(4, band.Attribute("d")!.Value.TrimEnd('Z')[1..].Split('L').Length);
        Assert.Contains("s\nstep 1: 0.5 [0.4, 0.7]", chart.ToSvg(), StringComparison.Ordinal);
    }

    private static LineChart Chart(double[] x, double[] y, string name = "series") =>
        new() { Title = "A chart", XLabel = "step", Series = [new LineSeries(name, x, y)] };

    private static string[] Line(LineChart chart) =>
        XElement.Parse(chart.ToSvg()).Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ');

    private static double[] Points(LineChart chart) =>
        [.. Line(chart).Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
}
