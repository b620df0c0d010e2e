using System.Globalization;
using System.Text.Json.Nodes;
using static Cde.Workbench.Figures.PlotlyFigure;

namespace Cde.Workbench.Figures;

/// <summary>Charts as Plotly's JSON.</summary>
internal static class ChartPlotly
{
    /// <summary>Horizontal bars, intervals as error bars.</summary>
    public static string Of(BarChart chart)
    {
        var figure = new PlotlyFigure(chart.Title, chart.IntervalNote);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var series = chart.Series[i];
            var trace = new JsonObject
            {
                ["type"] = "bar",
                ["orientation"] = "h",
                ["name"] = Escape(series.Name),
                ["x"] = Array(series.Values),
                ["y"] = Array(Enumerable.Range(0, series.Values.Count)),
                ["marker"] = new JsonObject { ["color"] = Palette.Colour(i) },
            };
            if (series.Low.Count > 0)
            {
                trace["error_x"] = new JsonObject
                {
                    ["type"] = "data",
                    ["symmetric"] = false,
                    ["array"] = Array(series.High.Zip(series.Values, (high, value) => high - value)),
                    ["arrayminus"] = Array(series.Values.Zip(series.Low, (value, low) => value - low)),
                };
            }

            figure.Add(trace);
        }

        figure.Layout["barmode"] = "group";
        figure.Layout["xaxis"] = Axis(chart.ValueLabel);
        figure.Layout["yaxis"] = NamedAxis(chart.Categories, "");
        figure.Layout["yaxis"]!["autorange"] = "reversed";
        return figure.ToString();
    }

    /// <summary>Lines, intervals as bands between two traces without a line.</summary>
    public static string Of(LineChart chart)
    {
        var figure = new PlotlyFigure(chart.Title);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var (series, colour) = (chart.Series[i], Palette.Colour(i));
            if (series.Low.Count > 0)
            {
                figure.Add(BandEdge(series, series.Low, colour, fill: "none"));
                figure.Add(BandEdge(series, series.High, colour, fill: "tonexty"));
            }

            figure.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = series.X.Count <= 40 ? "lines+markers" : "lines",
                ["name"] = Escape(series.Name),
                ["legendgroup"] = Escape(series.Name),
                ["x"] = Array(series.X),
                ["y"] = Array(series.Y),
                ["line"] = new JsonObject { ["color"] = colour },
            });
        }

        figure.Layout["xaxis"] = Axis(chart.XLabel);
        figure.Layout["yaxis"] = Axis(chart.YLabel);
        if (chart.IsXLogarithmic)
            figure.Layout["xaxis"]!["type"] = "log";
        if (chart.IsYLogarithmic)
            figure.Layout["yaxis"]!["type"] = "log";
        if (chart.YRange is { } range)
            figure.Layout["yaxis"]!["range"] = chart.IsYLogarithmic ? Array([Math.Log10(range.From), Math.Log10(range.To)]) : Array([range.From, range.To]);
        return figure.ToString();
    }

    /// <summary>Bars over each other in the bins of the drawing.</summary>
    public static string Of(Histogram histogram)
    {
        var (figure, bins) = (new PlotlyFigure(histogram.Title), HistogramBins.Of(histogram));
        for (var series = 0; series < histogram.Series.Count; series++)
        {
            var counts = bins.Counts[series];
            figure.Add(new JsonObject
            {
                ["type"] = "bar",
                ["name"] = Escape(Histogram.NameOf(histogram.Series[series])),
                ["x"] = Array(Enumerable.Range(0, counts.Count).Select(bin => (bins.Edge(bin) + bins.Edge(bin + 1)) / 2)),
                ["y"] = Array(counts.Select(count => bins.Share(series, count))),
                ["width"] = bins.Width,
                ["customdata"] = Array(counts),
                ["hovertemplate"] = "%{x}: %{customdata} (%{y:.1%})",
                ["opacity"] = 0.55,
                ["marker"] = new JsonObject { ["color"] = Palette.Colour(series) },
            });
        }

        figure.Layout["barmode"] = "overlay";
        figure.Layout["xaxis"] = Axis(histogram.ValueLabel);
        figure.Layout["yaxis"] = Axis("share of the series in each bin");
        return figure.ToString();
    }

    /// <summary>A column for each cluster, the largest first.</summary>
    public static string Of(ClusterSizes sizes)
    {
        var (figure, order) = (new PlotlyFigure(sizes.Title, sizes.Summary()), sizes.Order());
        figure.Add(new JsonObject
        {
            ["type"] = "bar",
            ["x"] = Array(Enumerable.Range(1, order.Count)),
            ["y"] = Array(order.Select(cluster => sizes.Sizes[cluster])),
            ["text"] = Array(order.Select(cluster => Escape(sizes.NameOf(cluster)))),
            ["textposition"] = "none",
            ["hovertemplate"] = "%{text}<br>%{y} members, rank %{x}<extra></extra>",
            ["marker"] = new JsonObject { ["color"] = Palette.Colour(0) },
        });
        figure.Layout["xaxis"] = Axis("clusters, the largest first");
        figure.Layout["yaxis"] = Axis("members");
        return figure.ToString();
    }

    private static JsonObject BandEdge(LineSeries series, IReadOnlyList<double> edge, string colour, string fill) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["legendgroup"] = Escape(series.Name),
        ["showlegend"] = false,
        ["hoverinfo"] = "skip",
        ["x"] = Array(series.X),
        ["y"] = Array(edge),
        ["line"] = new JsonObject { ["width"] = 0 },
        ["fill"] = fill,
        ["fillcolor"] = string.Create(CultureInfo.InvariantCulture, $"{colour}2e"),
    };
}
