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
        var line = Assert.Single(svg.Elements(), element => element.Name.LocalName == "polyline");
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

    private static LineChart Chart(double[] x, double[] y, string name = "series") =>
        new() { Title = "A chart", XLabel = "step", Series = [new LineSeries(name, x, y)] };

    private static double[] Points(LineChart chart) =>
        [.. XElement.Parse(chart.ToSvg()).Elements().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ')
            .Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
}
