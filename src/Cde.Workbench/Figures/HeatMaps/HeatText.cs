using System.Globalization;
using System.Text;

namespace Cde.Workbench.Figures;

/// <summary>A heat map in characters: denser for larger values, means of neighbours where there are more lines than fit.</summary>
internal static class HeatText
{
    private const int Lines = 32;
    private const string Levels = " ·░▒▓█";

    /// <summary>The text, lines without a trailing line break.</summary>
    public static string Of(HeatContent content)
    {
        var map = content.Map;
        var text = new StringBuilder(map.Title);
        text.Append(CultureInfo.InvariantCulture, $"\n{content.Rows:N0} {map.RowLabel} x {content.Columns:N0} {map.ColumnLabel}, {map.ValueLabel}: '{Levels[0]}' is {map.Scale.From:0.###}, '{Levels[^1]}' is {map.Scale.To:0.###}");
        if (content.Rows * content.Columns == 0)
            return text.ToString();
        var (rows, columns) = (Math.Min(Lines, content.Rows), Math.Min(2 * Lines, content.Columns));
        for (var row = 0; row < rows; row++)
        {
            text.Append("\n|");
            for (var column = 0; column < columns; column++)
            {
                var share = Math.Clamp((Mean(content, row, rows, column, columns) - map.Scale.From) / (map.Scale.To - map.Scale.From), 0, 1);
                text.Append(Levels[(int)Math.Round(share * (Levels.Length - 1))], columns <= Lines ? 2 : 1);
            }

            text.Append('|');
        }

        foreach (var mask in map.Masks)
            text.Append(CultureInfo.InvariantCulture, $"\n{mask.Cells.Cast<bool>().Count(isMarked => isMarked):N0} cells: {mask.Name}");
        return text.ToString();
    }

    private static double Mean(HeatContent content, int row, int rows, int column, int columns)
    {
        var (sum, count) = (0.0, 0);
        for (var r = row * content.Rows / rows; r < (row + 1) * content.Rows / rows; r++)
        {
            for (var c = column * content.Columns / columns; c < (column + 1) * content.Columns / columns; c++)
                (sum, count) = (sum + content.At(r, c), count + 1);
        }

        return sum / count;
    }
}
