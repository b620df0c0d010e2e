using System.Globalization;
using System.Text;
using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>Draws a heat map as <c>svg</c>.</summary>
internal sealed class HeatDrawing(HeatContent content)
{
    private const double Extent = 480; // pixels of the longer side where cells may be smaller than the largest
    private const double LargestCell = 30;
    private const double SmallestNamed = 9; // pixels a line needs to carry its name
    private const double LongestName = 230;
    private const double NameSize = 11;
    private const int BarWidth = 14;
    private const int BarSteps = 40;

    private readonly HeatMap _map = content.Map;
    private readonly HeatScale _scale = new(content.Map);
    private readonly double _cell = Math.Min(LargestCell, Extent / Math.Max(1, Math.Max(content.Rows, content.Columns)));

    private double Width => _cell * content.Columns;

    private double Height => _cell * content.Rows;

    private bool HasNames => _cell >= SmallestNamed;

    /// <summary>The element.</summary>
    public string ToSvg()
    {
        var names = HasNames ? Enumerable.Range(0, content.Rows).Select(row => TextWidth.Of(Cut(content.RowName(row)), NameSize)).DefaultIfEmpty(0).Max() : 0;
        var columnNames = HasNames ? Enumerable.Range(0, content.Columns).Select(column => TextWidth.Of(Cut(content.ColumnName(column)), NameSize)).DefaultIfEmpty(0).Max() : 0;
        var left = Math.Max(names + 10, 28);
        var top = 48 + (_map.Masks.Count > 0 ? 22 : 0);
        var below = HasNames ? columnNames + 16 : 8;
        var width = Math.Max(left + Width + 90, Math.Min(720, Math.Max(TextWidth.Of(_map.Title, 15) + 70, TextWidth.Of(Note(), 12) + 4)));
        var svg = new SvgWriter(width, top + Math.Max(Height, 140) + below + 20, _map.Title);
        svg.Text(0, 18, TextWidth.Cut(_map.Title, 15, width * 0.92), anchor: "start", weight: 600, size: 15);
        svg.Text(0, 36, TextWidth.Cut(Note(), 12, width), anchor: "start", isMuted: true);
        DrawMaskLegend(svg, left);
        if (content.Rows * content.Columns == 0)
        {
            svg.Text(left, top + 40, "no values", anchor: "start", isMuted: true);
            return svg.ToString();
        }

        DrawNames(svg, left, top);
        svg.Open("svg", $"class=\"plot heat\" x=\"{Number(left)}\" y=\"{top}\" width=\"{Number(Width)}\" height=\"{Number(Height)}\" overflow=\"hidden\"");
        svg.Open("g", "class=\"zoom\"");
        DrawCells(svg);
        DrawBreaks(svg);
        DrawMasks(svg);
        svg.Close();
        svg.Close();
        svg.Text(left + (Width / 2), top + Height + below + 6, TextWidth.Cut(_map.ColumnLabel, 12, 2 * Math.Min(left + (Width / 2), width - left - (Width / 2))), anchor: "middle");
        DrawBar(svg, left + Width + 18, top);
        return svg.ToString();
    }

    private string Note() => string.Create(CultureInfo.InvariantCulture, $"{content.Rows:N0} x {content.Columns:N0}, {_map.ValueLabel} on a scale from {_scale.From:0.###} to {_scale.To:0.###}")
        + (content.Outside > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {content.Outside:N0} values outside") : "");

    private static string Cut(string name) => TextWidth.Cut(name, NameSize, LongestName);

    private void DrawNames(SvgWriter svg, double left, double top)
    {
        if (!HasNames)
        {
            svg.Open("g", $"transform=\"translate(16 {Number(top + (Height / 2))}) rotate(-90)\"");
            svg.Text(0, 0, TextWidth.Cut(_map.RowLabel, 12, Math.Max(Height, 80)), anchor: "middle");
            svg.Close();
            return;
        }

        svg.Open("g", "class=\"rows\"");
        for (var row = 0; row < content.Rows; row++)
            svg.Text(left - 6, top + ((row + 0.5) * _cell) + 4, Cut(content.RowName(content.RowOrder[row])), anchor: "end", size: NameSize);
        svg.Close();
        svg.Open("g", "class=\"columns\"");
        for (var column = 0; column < content.Columns; column++)
        {
            svg.Open("g", $"transform=\"translate({Number(left + ((column + 0.5) * _cell) + 4)} {Number(top + Height + 6)}) rotate(-90)\"");
            svg.Text(0, 0, Cut(content.ColumnName(content.ColumnOrder[column])), anchor: "end", size: NameSize);
            svg.Close();
        }

        svg.Close();
    }

    private void DrawCells(SvgWriter svg)
    {
        if (content.Rows * content.Columns > HeatMap.MostShapes)
        {
            var picture = new byte[content.Rows * content.Columns * 3];
            for (var cell = 0; cell < picture.Length / 3; cell++)
            {
                var colour = _scale.Colour(content.At(cell / content.Columns, cell % content.Columns));
                (picture[3 * cell], picture[(3 * cell) + 1], picture[(3 * cell) + 2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
            }

            svg.Image(Width, Height, PngPicture.Encode(picture, content.Columns, content.Rows));
            return;
        }

        for (var row = 0; row < content.Rows; row++)
        {
            for (var column = 0; column < content.Columns; column++)
            {
                // A quarter of a pixel more on each side closes the seams between neighbours.
                var value = content.At(row, column);
                svg.Rectangle(column * _cell, row * _cell, _cell + 0.25, _cell + 0.25, $"#{_scale.Colour(value):x6}", Hint(row, column, value));
            }
        }
    }

    private string Hint(int row, int column, float value)
    {
        var (r, c) = (content.RowOrder[row], content.ColumnOrder[column]);
        var marks = _map.Masks.Where(mask => mask.Cells[r, c]).Select(mask => mask.Name).ToList();
        return FormattableString.Invariant($"{_map.ValueLabel} {value:0.0000}{(marks.Count > 0 ? $" · {string.Join(", ", marks)}" : "")}\n{content.RowName(r)} × {content.ColumnName(c)}");
    }

    private void DrawBreaks(SvgWriter svg)
    {
        var path = new StringBuilder();
        for (var row = 1; row < content.Rows && _map.RowGroups.Count > 0; row++)
        {
            if (_map.RowGroups[content.RowOrder[row]] != _map.RowGroups[content.RowOrder[row - 1]])
                path.Append($"M0 {Number(row * _cell)}H{Number(Width)}");
        }

        for (var column = 1; column < content.Columns && _map.ColumnGroups.Count > 0; column++)
        {
            if (_map.ColumnGroups[content.ColumnOrder[column]] != _map.ColumnGroups[content.ColumnOrder[column - 1]])
                path.Append($"M{Number(column * _cell)} 0V{Number(Height)}");
        }

        if (path.Length > 0)
            svg.Path(path.ToString(), $"class=\"line\" fill=\"none\" stroke=\"#1b1f24\" stroke-width=\"{Number(Math.Clamp(_cell / 12, 0.35, 1))}\" pointer-events=\"none\"");
    }

    private void DrawMasks(SvgWriter svg)
    {
        for (var mask = 0; mask < _map.Masks.Count; mask++)
        {
            var (onDark, onLight) = (new StringBuilder(), new StringBuilder());
            for (var row = 0; row < content.Rows; row++)
            {
                for (var column = 0; column < content.Columns; column++)
                {
                    if (_map.Masks[mask].Cells[content.RowOrder[row], content.ColumnOrder[column]])
                        (_scale.IsDark(content.At(row, column)) ? onDark : onLight).Append(Sign(mask, (column + 0.5) * _cell, (row + 0.5) * _cell, Math.Max(0.6, _cell * 0.26)));
                }
            }

            foreach (var (path, colour) in new[] { (onDark, "#fff"), (onLight, "#000") })
            {
                if (path.Length > 0)
                    svg.Path(path.ToString(), $"class=\"line\" data-s=\"{mask}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{Number(Math.Clamp(_cell / 9, 0.7, 1.8))}\" pointer-events=\"none\"");
            }
        }
    }

    private void DrawMaskLegend(SvgWriter svg, double left)
    {
        var x = left;
        for (var mask = 0; mask < _map.Masks.Count; mask++)
        {
            var cells = _map.Masks[mask].Cells.Cast<bool>().Count(isMarked => isMarked);
            var name = string.Create(CultureInfo.InvariantCulture, $"{_map.Masks[mask].Name} ({cells:N0})");
            svg.OpenKey(mask, x - 3, 43, 24 + Math.Min(240, TextWidth.Of(name, 12)), 18);
            svg.Path(Sign(mask, x + 6, 52, 5), "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"", name);
            svg.Text(x + 18, 56, TextWidth.Cut(name, 12, 240), anchor: "start");
            svg.Close();
            x += 36 + Math.Min(240, TextWidth.Of(name, 12));
        }
    }

    // A cross, a plus, a diamond, again from the fourth on.
    private static string Sign(int mask, double x, double y, double size)
    {
        string[] at = [Number(x), Number(y), Number(size), Number(2 * size)];
        return (mask % 3) switch
        {
            0 => $"M{Number(x - size)} {Number(y - size)}l{at[3]} {at[3]}m0-{at[3]}l-{at[3]} {at[3]}",
            1 => $"M{at[0]} {Number(y - size)}v{at[3]}M{Number(x - size)} {at[1]}h{at[3]}",
            _ => $"M{Number(x - size)} {at[1]}l{at[2]}-{at[2]}l{at[2]} {at[2]}l-{at[2]} {at[2]}Z",
        };
    }

    private void DrawBar(SvgWriter svg, double x, double y)
    {
        var height = Math.Clamp(Height, 100, 200);
        for (var step = 0; step < BarSteps; step++)
        {
            var value = _scale.To - ((step + 0.5) / BarSteps * (_scale.To - _scale.From));
            svg.Path($"M{Number(x)} {Number(y + (step * height / BarSteps))}h{BarWidth}v{Number((height / BarSteps) + 0.3)}h-{BarWidth}Z", $"fill=\"#{_scale.Colour(value):x6}\"");
        }

        for (var tick = 0; tick <= 4; tick++)
        {
            var value = _scale.To - (tick / 4.0 * (_scale.To - _scale.From));
            svg.Text(x + BarWidth + 6, y + (tick / 4.0 * height) + 4, value.ToString("0.##", CultureInfo.InvariantCulture), anchor: "start", size: 11);
        }
    }
}
