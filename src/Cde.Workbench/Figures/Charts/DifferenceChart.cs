using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>Differences on either side of zero, one a row, each a dot with its interval: whose interval crosses the line at zero may be nothing.</summary>
public sealed record DifferenceChart : Figure
{
    private const int Plot = 480;
    private const int Right = 170;
    private const int Row = 20;
    private const int Top = 60;
    private const int TextColumns = 41;
    private const double LongestLabel = 420;

    private static readonly string[] Kinds = ["significant", "not significant"];

    /// <summary>What differs, with the unit.</summary>
    public required string ValueLabel { get; init; }

    /// <summary>The rows, from top to bottom; values and intervals are finite.</summary>
    public required IReadOnlyList<Difference> Rows { get; init; }

    /// <summary>What the intervals are and what is called significant, in words; may be empty.</summary>
    public string Note { get; init; } = "";

    private double Left => Math.Clamp(16 + Rows.Select(row => TextWidth.Of(row.Name, 12)).DefaultIfEmpty(0).Max(), 80, LongestLabel);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        Check();
        var (left, bottom, axis) = (Left, Top + (Rows.Count * Row), Axis());
        var width = left + Plot + Right;
        var svg = new SvgWriter(width, bottom + 42, Title);
        svg.Text(0, 18, TextWidth.Cut(Title, 15, width * 0.92), anchor: "start", weight: 600, size: 15);
        ChartLegend.Draw(svg, Kinds, left, 30, Plot);
        foreach (var tick in axis.Ticks)
        {
            var x = left + (axis.Share(tick) * Plot);
            svg.Line(x, Top - 6, x, bottom);
            svg.Text(x, bottom + 16, axis.Label(tick), anchor: "middle");
        }

        var zero = left + (axis.Share(0) * Plot);
        svg.Path($"M{Number(zero)} {Top - 6}V{bottom}", "class=\"ink\" fill=\"none\" stroke=\"#1b1f24\"");
        svg.Text(left + (Plot / 2.0), bottom + 34, TextWidth.Cut(Note.Length > 0 ? $"{ValueLabel}; {Note}" : ValueLabel, 12, width), anchor: "middle");
        for (var row = 0; row < Rows.Count; row++)
            svg.Text(left - 8, Middle(row) + 4, TextWidth.Cut(Rows[row].Name, 12, left - 12), anchor: "end");
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            svg.OpenSeries(kind);
            for (var row = 0; row < Rows.Count; row++)
            {
                if (Rows[row].IsSignificant == (kind == 0))
                    Draw(svg, axis, left, row);
            }

            svg.Close();
        }

        return svg.ToString();
    }

    /// <inheritdoc/>
    public override string ToHtml() => FigureHtml.Of(ToSvg(), []);

    /// <inheritdoc/>
    public override string ToPlotlyJson()
    {
        Check();
        var figure = new PlotlyFigure(Title, Note);
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            var places = Enumerable.Range(0, Rows.Count).Where(row => Rows[row].IsSignificant == (kind == 0)).ToArray();
            figure.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = Kinds[kind],
                ["x"] = PlotlyFigure.Array(places.Select(row => Rows[row].Value)),
                ["y"] = PlotlyFigure.Array(places),
                ["marker"] = new JsonObject { ["color"] = Palette.Colour(kind), ["size"] = 9 },
                ["error_x"] = new JsonObject
                {
                    ["type"] = "data",
                    ["symmetric"] = false,
                    ["array"] = PlotlyFigure.Array(places.Select(row => Rows[row].High - Rows[row].Value)),
                    ["arrayminus"] = PlotlyFigure.Array(places.Select(row => Rows[row].Value - Rows[row].Low)),
                },
            });
        }

        figure.Layout["xaxis"] = PlotlyFigure.Axis(ValueLabel);
        figure.Layout["xaxis"]!["zeroline"] = true;
        figure.Layout["yaxis"] = PlotlyFigure.NamedAxis([.. Rows.Select(row => row.Name)], "");
        figure.Layout["yaxis"]!["autorange"] = "reversed";
        return figure.ToString();
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        Check();
        var (axis, label) = (Axis(), Rows.Select(row => row.Name.Length).DefaultIfEmpty(0).Max());
        var text = new StringBuilder($"{Title} ({ValueLabel}{(Note.Length > 0 ? $"; {Note}" : "")})");
        foreach (var row in Rows)
        {
            var line = new string(' ', TextColumns).ToCharArray();
            for (var column = Column(row.Low); column <= Column(row.High); column++)
                line[column] = '─';
            line[Column(0)] = '│';
            line[Column(row.Value)] = row.IsSignificant ? '●' : '○';
            text.Append('\n').Append(row.Name.PadRight(label)).Append("  ").Append(line).Append("  ").Append(Value(row));
        }

        return text.ToString();

        int Column(double value) => (int)Math.Round(axis.Share(value) * (TextColumns - 1));
    }

    private static double Middle(int row) => Top + (row * Row) + (Row / 2.0);

    private static string Value(Difference row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Value:+0.0000;-0.0000;0.0000} [{row.Low:+0.0000;-0.0000;0.0000}, {row.High:+0.0000;-0.0000;0.0000}]");

    private void Draw(SvgWriter svg, LinearAxis axis, double left, int row)
    {
        var (difference, y) = (Rows[row], Middle(row));
        var (from, to) = (left + (axis.Share(difference.Low) * Plot), left + (axis.Share(difference.High) * Plot));
        svg.Path($"M{Number(from)} {Number(y)}H{Number(to)}M{Number(from)} {Number(y - 4)}v8M{Number(to)} {Number(y - 4)}v8", "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"");
        svg.Circle(left + (axis.Share(difference.Value) * Plot), y, 4.5, $"{difference.Name}\n{Value(difference)}");
        svg.Open("g", "class=\"ink\" color=\"#1b1f24\"");
        svg.Text(left + Plot + 8, y + 4, Value(difference), anchor: "start", size: 10);
        svg.Close();
    }

    private LinearAxis Axis() => LinearAxis.Covering(
        Rows.SelectMany(row => (double[])[row.Low, row.Value]).Append(0).Min(), Rows.SelectMany(row => (double[])[row.High, row.Value]).Append(0).Max());

    private void Check()
    {
        if (Rows.FirstOrDefault(row => !double.IsFinite(row.Value) || !double.IsFinite(row.Low) || !double.IsFinite(row.High) || row.Low > row.High) is { } wrong)
            throw new ArgumentException($"{Title}, {wrong.Name}: {wrong.Value} from {wrong.Low} to {wrong.High}; differences and their intervals are finite");
    }
}
