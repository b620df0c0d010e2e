using System.Globalization;
using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>Draws a map as <c>svg</c>.</summary>
/// <remarks>What a page's script zooms stands in one group of a nested element that clips it; names and diamonds keep their size there.</remarks>
internal sealed class MapDrawing(MapContent content)
{
    /// <summary>The plot's width in pixels.</summary>
    public const int Width = 640;

    /// <summary>The plot's height in pixels.</summary>
    public const int Height = 520;

    private const int LegendWidth = 250;
    private const string Diamond = "M0-6L6 0L0 6L-6 0Z";
    private const string SmallDiamond = "M0-4.5L4.5 0L0 4.5L-4.5 0Z"; // of many, so that the points below are seen
    private const int ManyMarks = 40;

    private readonly ScatterMap _map = content.Map;
    private readonly MapFrame _frame = MapFrame.Around(content.Map, Width, Height);

    /// <summary>Where the plot begins, from the top.</summary>
    public int Top => NoteLine.Length > 0 ? 48 : 30;

    /// <summary>The scale from units to pixels of the plot.</summary>
    public MapFrame Frame => _frame;

    private string NoteLine
    {
        get
        {
            var sampled = content.IsSmall ? "" : string.Create(CultureInfo.InvariantCulture, $"{ScatterMap.DrawnPoints:N0} of {content.Count:N0} points drawn");
            return string.Join("; ", new[] { _map.Note, sampled }.Where(part => part.Length > 0));
        }
    }

    /// <summary>The element.</summary>
    public string ToSvg()
    {
        var legend = new MapLegend(content);
        var width = Width + (legend.IsEmpty ? 0 : LegendWidth);
        var svg = new SvgWriter(width, Top + Height + 1, _map.Title);
        svg.Text(0, 18, TextWidth.Cut(_map.Title, 15, width * 0.92), anchor: "start", weight: 600, size: 15);
        if (NoteLine.Length > 0)
            svg.Text(0, 37, TextWidth.Cut(NoteLine, 12, width), anchor: "start", isMuted: true, kind: content.IsSmall ? "" : "sampled");
        svg.Open("svg", $"class=\"plot\" x=\"0\" y=\"{Top}\" width=\"{Width}\" height=\"{Height}\" overflow=\"hidden\"");
        svg.Path($"M.5.5H{Width - 1}.5V{Height - 1}.5H.5Z", "class=\"grid frame\" fill=\"none\" stroke=\"#d8dee4\"");
        if (content.Count == 0 && _map.Marks.Count == 0 && _map.Arrows.Count == 0)
            svg.Text(Width / 2.0, Height / 2.0, "no points", anchor: "middle", isMuted: true);
        svg.Open("g", "class=\"zoom\"");
        DrawPoints(svg);
        DrawArrows(svg);
        DrawMarks(svg);
        svg.Close();
        DrawLabels(svg);
        svg.Close();
        legend.Draw(svg, Width + 16, Top);
        return svg.ToString();
    }

    // Noise first, then the largest groups, so that small ones lie on top.
    private void DrawPoints(SvgWriter svg)
    {
        var drawn = content.IsSmall ? [.. Enumerable.Range(0, content.Count)] : EvenSample(content.Count);
        var radius = drawn.Length <= 500 ? 3.5 : drawn.Length <= 2_000 ? 2.7 : 2;
        var members = drawn.ToLookup(content.GroupOf);
        svg.Open("g", $"class=\"points\" fill-opacity=\".8\" style=\"--r:{Number(radius)}px\"");
        foreach (var group in content.Groups.OrderBy(group => group.Index >= 0))
        {
            svg.OpenSeries(group.Index);
            foreach (var point in members[group.Index])
                svg.Circle(_frame.X(_map.X[point]), _frame.Y(_map.Y[point]), radius, content.IsSmall ? HintOf(point, group) : "");
            svg.Close();
        }

        svg.Close();
    }

    private string HintOf(int point, MapGroup group)
    {
        var hint = content.Hint(point).Split('\n', 2);
        var name = group.Name.Length > 0 ? $"{hint[0]} · {group.Name}" : hint[0];
        return hint.Length > 1 ? $"{name}\n{hint[1]}" : name;
    }

    /// <summary>Points spread evenly over the list: the first of a seeded order of each of equal parts, so that no period in the list shows.</summary>
    private static int[] EvenSample(int count)
    {
        var random = SeededRandom.For(count);
        return [.. Enumerable.Range(0, ScatterMap.DrawnPoints).Select(part =>
        {
            var (from, to) = ((long)part * count / ScatterMap.DrawnPoints, ((long)part + 1) * count / ScatterMap.DrawnPoints);
            return (int)from + random.Below((int)(to - from));
        })];
    }

    private void DrawArrows(SvgWriter svg)
    {
        if (_map.Arrows.Count == 0)
            return;
        svg.Open("g", $"class=\"arrows\" data-s=\"{MapLegend.ArrowsSeries}\"");
        foreach (var group in _map.Arrows.GroupBy(arrow => Math.Max(-1, arrow.Group)).OrderBy(group => group.Key))
        {
            svg.OpenSeries(group.Key, kind: "lines");
            foreach (var arrow in group)
                svg.Path(MapArrows.Path(_frame.X(arrow.FromX), _frame.Y(arrow.FromY), _frame.X(arrow.ToX), _frame.Y(arrow.ToY)), "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.2\"", arrow.Hint);
            svg.Close();
        }

        svg.Close();
    }

    private void DrawMarks(SvgWriter svg)
    {
        if (_map.Marks.Count == 0)
            return;
        svg.Open("g", $"class=\"diamonds\" data-s=\"{MapLegend.MarksSeries}\" stroke=\"#fff\" stroke-width=\"1.2\"");
        foreach (var mark in _map.Marks)
        {
            svg.Open("g", $"transform=\"translate({Number(_frame.X(mark.X))} {Number(_frame.Y(mark.Y))})\"");
            svg.Path(_map.Marks.Count <= ManyMarks ? Diamond : SmallDiamond, "class=\"fixed\"", content.Hint($"{mark.Id} · {_map.MarksName}", mark.Text));
            svg.Close();
        }

        svg.Close();
    }

    private void DrawLabels(SvgWriter svg)
    {
        svg.Open("g", "class=\"labels\" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\" pointer-events=\"none\"");
        foreach (var label in MapLabels.Place(content.Groups, _frame, Width, Height))
        {
            svg.Open("g", $"data-s=\"{label.Group.Index}\" data-x=\"{Number(_frame.X(label.Group.X))}\" data-y=\"{Number(_frame.Y(label.Group.Y))}\"{(label.IsShown ? "" : " display=\"none\"")}");
            svg.Text(label.X, label.Y + 4, label.Text, anchor: "middle", size: MapLabels.Size, weight: 600);
            svg.Close();
        }

        svg.Close();
    }
}
