using System.Globalization;
using System.Text.Json.Nodes;
using static Cde.Workbench.Figures.PlotlyFigure;

namespace Cde.Workbench.Figures;

/// <summary>A heat map as Plotly's JSON: a trace for the cells, one for each kind of mark.</summary>
internal static class HeatPlotly
{
    private static readonly string[] Symbols = ["x-thin", "cross-thin", "diamond-open"];

    /// <summary>The JSON object.</summary>
    public static string Of(HeatContent content)
    {
        var (map, scale) = (content.Map, new HeatScale(content.Map));
        string[] rows = [.. content.RowOrder.Select(content.RowName)], columns = [.. content.ColumnOrder.Select(content.ColumnName)];
        var figure = new PlotlyFigure(map.Title);
        figure.Add(new JsonObject
        {
            ["type"] = "heatmap",
            ["z"] = new JsonArray([.. Enumerable.Range(0, content.Rows).Select(row => (JsonNode)Array(Enumerable.Range(0, content.Columns).Select(column => content.At(row, column))))]),
            ["zmin"] = scale.From,
            ["zmax"] = scale.To,
            ["colorscale"] = new JsonArray([.. scale.Stops.Select((colour, stop) => (JsonNode)new JsonArray(stop / (scale.Stops.Count - 1.0), string.Create(CultureInfo.InvariantCulture, $"#{colour:x6}")))]),
            ["colorbar"] = new JsonObject { ["title"] = new JsonObject { ["text"] = Escape(map.ValueLabel) } },
            ["hovertemplate"] = Escape(map.ValueLabel) + " %{z:.4f}<br>%{y} × %{x}<extra></extra>",
        });
        for (var mask = 0; mask < map.Masks.Count; mask++)
        {
            var marked = (from row in Enumerable.Range(0, content.Rows)
                          from column in Enumerable.Range(0, content.Columns)
                          where map.Masks[mask].Cells[content.RowOrder[row], content.ColumnOrder[column]]
                          select (Row: row, Column: column)).ToList();
            figure.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = Escape(string.Create(CultureInfo.InvariantCulture, $"{map.Masks[mask].Name} ({marked.Count:N0})")),
                ["x"] = Array(marked.Select(cell => cell.Column)),
                ["y"] = Array(marked.Select(cell => cell.Row)),
                ["hoverinfo"] = "skip",
                ["marker"] = new JsonObject { ["symbol"] = Symbols[mask % Symbols.Length], ["size"] = 9, ["color"] = "#1b1f24", ["line"] = new JsonObject { ["width"] = 1.5, ["color"] = "#1b1f24" } },
            });
        }

        figure.Layout["xaxis"] = NamedAxis(columns, map.ColumnLabel);
        figure.Layout["yaxis"] = NamedAxis(rows, map.RowLabel);
        figure.Layout["yaxis"]!["autorange"] = "reversed";
        figure.Layout["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.08 };
        return figure.ToString();
    }
}
