using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cde.Workbench.Figures;

/// <summary>A heat map as a part of a page: where its cells are one picture, their values come beside it.</summary>
internal static class HeatHtml
{
    /// <summary>The fragment.</summary>
    public static string Of(HeatContent content)
    {
        var svg = new HeatDrawing(content).ToSvg();
        return content.Rows * content.Columns <= HeatMap.MostShapes ? FigureHtml.Of(svg, ["zoom", "heat"]) : FigureHtml.Of(svg, ["zoom", "heat"], Data(content));
    }

    // Values (rows, columns) float32, rows and columns as they are drawn.
    private static string Data(HeatContent content)
    {
        var values = new float[content.Rows * content.Columns];
        for (var cell = 0; cell < values.Length; cell++)
            values[cell] = content.At(cell / content.Columns, cell % content.Columns);
        var names = JsonSerializer.Serialize(new
        {
            rowNames = content.RowOrder.Select(content.RowName),
            columnNames = content.ColumnOrder.Select(content.ColumnName),
            valueLabel = content.Map.ValueLabel,
        });
        return $"data-values=\"{Convert.ToBase64String(MemoryMarshal.AsBytes<float>(values))}\" data-names=\"{SvgWriter.Escape(names)}\"";
    }
}
