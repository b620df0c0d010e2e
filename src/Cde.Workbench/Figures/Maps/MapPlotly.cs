using System.Globalization;
using System.Text.Json.Nodes;
using static Cde.Workbench.Figures.PlotlyFigure;

namespace Cde.Workbench.Figures;

/// <summary>A map as Plotly's JSON: a trace for each group, names as annotations.</summary>
internal static class MapPlotly
{
    // Names are placed as on a small plot: a legend takes much of a narrow page, and on a wide one they only stand further apart.
    private const int LabelWidth = 380;
    private const int LabelHeight = 280;

    /// <summary>The JSON object.</summary>
    public static string Of(MapContent content)
    {
        var map = content.Map;
        var figure = new PlotlyFigure(map.Title, map.Note);
        foreach (var group in content.Groups.OrderBy(group => group.Index >= 0))
        {
            int[] points = [.. Enumerable.Range(0, content.Count).Where(point => content.GroupOf(point) == group.Index)];
            figure.Add(Markers(
                group.Name, [.. points.Select(point => map.X[point])], [.. points.Select(point => map.Y[point])], [.. points.Select(content.Hint)],
                new JsonObject { ["color"] = Palette.Colour(group.Index), ["size"] = content.Count > 2_000 ? 3 : 6, ["opacity"] = 0.8 }, content.IsSmall));
        }

        if (map.Arrows.Count > 0)
        {
            figure.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines+markers",
                ["name"] = Escape(map.ArrowsName),
                ["x"] = Array(map.Arrows.SelectMany(arrow => new[] { arrow.FromX, arrow.ToX, float.NaN })),
                ["y"] = Array(map.Arrows.SelectMany(arrow => new[] { arrow.FromY, arrow.ToY, float.NaN })),
                ["line"] = new JsonObject { ["color"] = "#57606a", ["width"] = 1 },
                ["marker"] = new JsonObject { ["symbol"] = "arrow", ["size"] = 8, ["angleref"] = "previous" },
                ["hoverinfo"] = "skip",
            });
        }

        if (map.Marks.Count > 0)
        {
            figure.Add(Markers(
                map.MarksName, [.. map.Marks.Select(mark => mark.X)], [.. map.Marks.Select(mark => mark.Y)], [.. map.Marks.Select(mark => content.Hint(mark.Id, mark.Text))],
                new JsonObject { ["color"] = "#1b1f24", ["size"] = 10, ["symbol"] = "diamond" }, isSmall: true));
        }

        // Places have no unit: no ticks, and one scale on both axes.
        figure.Layout["xaxis"] = new JsonObject { ["visible"] = false };
        figure.Layout["yaxis"] = new JsonObject { ["visible"] = false, ["scaleanchor"] = "x" };
        figure.Layout["dragmode"] = "pan";
        var frame = MapFrame.Around(map, LabelWidth, LabelHeight);
        var shown = MapLabels.Place(content.Groups, frame, LabelWidth, LabelHeight).Where(label => label.IsShown);
        figure.Layout["annotations"] = new JsonArray([.. shown.Select(label => (JsonNode)new JsonObject
        {
            ["x"] = label.Group.X,
            ["y"] = label.Group.Y,
            ["text"] = $"<b>{Escape(label.Text)}</b>",
            ["showarrow"] = false,
            ["font"] = new JsonObject { ["size"] = 10 },
            ["xshift"] = Math.Round(label.X - frame.X(label.Group.X)),
            ["yshift"] = Math.Round(frame.Y(label.Group.Y) - label.Y),
        })]);
        return figure.ToString();
    }

    private static JsonObject Markers(string name, float[] x, float[] y, string[] hints, JsonObject marker, bool isSmall) => new()
    {
        ["type"] = isSmall ? "scatter" : "scattergl",
        ["mode"] = "markers",
        ["name"] = Escape(name.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{TextWidth.Cut(name, 12, 170)} ({x.Length:N0})") : "points"),
        ["showlegend"] = name.Length > 0,
        ["x"] = Array(x),
        ["y"] = Array(y),
        ["text"] = Array(hints.Select(Escape)),
        ["hoverinfo"] = name.Length > 0 ? "text+name" : "text",
        ["marker"] = marker,
    };
}
