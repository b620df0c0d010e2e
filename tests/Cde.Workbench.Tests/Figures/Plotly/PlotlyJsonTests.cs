using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class PlotlyJsonTests
{
    public static TheoryData<string> Names => [.. FigureExamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_figure_is_an_object_with_traces_layout_and_its_title(string name)
    {
        var figure = FigureExamples.All[name]();

        var json = JsonNode.Parse(figure.ToPlotlyJson())!.AsObject();

        Assert.Equal(["data", "layout", "config"], json.Select(part => part.Key));
        Assert.Equal(figure.Title, json["layout"]!["title"]!["text"]!.GetValue<string>());
        Assert.All(json["data"]!.AsArray(), trace => Assert.Contains(trace!["type"]!.GetValue<string>(), (string[])["scatter", "scattergl", "heatmap", "bar"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_JSON_can_end_the_script_that_holds_it(string name) => Assert.DoesNotContain("</", FigureExamples.All[name]().ToPlotlyJson(), StringComparison.Ordinal);

    [Fact]
    public void A_map_has_a_trace_for_each_group_with_places_hints_and_one_scale()
    {
        var map = FigureExamples.Map(300, 4);

        var json = JsonNode.Parse(map.ToPlotlyJson())!;

        Assert.Equal(5, json["data"]!.AsArray().Count);
        Assert.Equal(map.X.Order(), json["data"]!.AsArray().SelectMany(trace => trace!["x"]!.AsArray().Select(x => x!.GetValue<float>())).Order());
        Assert.Equal("x", json["layout"]!["yaxis"]!["scaleanchor"]!.GetValue<string>());
        Assert.Contains("&lt;from&gt;", json["data"]![1]!["text"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_points_are_left_to_the_graphics_card() =>
        Assert.All(JsonNode.Parse(FigureExamples.Map(6_000, 3).ToPlotlyJson())!["data"]!.AsArray(), trace => Assert.Equal("scattergl", trace!["type"]!.GetValue<string>()));

    [Fact]
    public void A_heat_map_keeps_order_scale_values_and_marks()
    {
        var json = JsonNode.Parse(new HeatMap
        {
            Title = "two",
            Values = new float[,] { { 1, 2 }, { 3, 4 } },
            Scale = (0, 4),
            RowOrder = [1, 0],
            Masks = [new("marked", new[,] { { true, false }, { false, false } })],
        }.ToPlotlyJson())!;

        Assert.Equal([3, 4], json["data"]![0]!["z"]![0]!.AsArray().Select(value => value!.GetValue<float>()));
        Assert.Equal(4, json["data"]![0]!["zmax"]!.GetValue<double>());
        Assert.Equal(1, json["data"]![1]!["y"]![0]!.GetValue<int>());
        Assert.Equal("reversed", json["layout"]!["yaxis"]!["autorange"]!.GetValue<string>());
    }

    [Fact]
    public void Intervals_are_ways_from_the_value()
    {
        var json = JsonNode.Parse(new BarChart
        {
            Title = "bars",
            ValueLabel = "nDCG@10",
            Categories = ["a", "a"],
            Series = [new("s", [0.5, double.NaN]) { Low = [0.25, double.NaN], High = [0.625, double.NaN] }],
        }.ToPlotlyJson())!["data"]![0]!;

        Assert.Equal(0.125, json["error_x"]!["array"]![0]!.GetValue<double>());
        Assert.Equal(0.25, json["error_x"]!["arrayminus"]![0]!.GetValue<double>());
        Assert.Null(json["x"]![1]);
        Assert.Equal([0, 1], json["y"]!.AsArray().Select(place => place!.GetValue<int>()));
    }

    [Fact]
    public void What_the_drawing_refuses_the_JSON_refuses()
    {
        Assert.Throws<CdeException>(new ScatterMap { Title = "map", X = [float.NaN], Y = [0f] }.ToPlotlyJson);
        Assert.Throws<CdeException>(new HeatMap { Title = "heat", Values = new float[,] { { float.NaN } } }.ToPlotlyJson);
        Assert.Throws<CdeException>(new Histogram { Title = "scores", ValueLabel = "cosine", Series = [new("s", [float.NaN])] }.ToPlotlyJson);
    }
}
