using System.Globalization;
using System.Text;

namespace Cde.Workbench.Figures;

/// <summary>Writes one <c>svg</c> element. Every text is escaped, every number is written with a point.</summary>
/// <param name="width">Width in pixels at scale 1.</param>
/// <param name="height">Height in pixels at scale 1.</param>
/// <param name="title">What the figure shows, for screen readers.</param>
public sealed class SvgWriter(double width, double height, string title)
{
    private readonly StringBuilder _marks = new();

    /// <summary>A text.</summary>
    /// <param name="x">Its place, by the anchor.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="weight">400 is regular, 600 bold.</param>
    public void Text(double x, double y, string text, string anchor, double size = 12, int weight = 400) =>
        _marks.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" font-size=\"{size:0.##}\" font-weight=\"{weight}\">{Escape(text)}</text>\n");

    /// <summary>A filled rectangle that tells <paramref name="hint"/> when pointed at.</summary>
    public void Rectangle(double x, double y, double rectangleWidth, double rectangleHeight, string fill, string hint) =>
        _marks.Append(CultureInfo.InvariantCulture,
            $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{rectangleWidth:0.##}\" height=\"{rectangleHeight:0.##}\" fill=\"{Escape(fill)}\"><title>{Escape(hint)}</title></rect>\n");

    /// <summary>A thin line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string stroke) =>
        _marks.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke=\"{Escape(stroke)}\"/>\n");

    /// <summary>A line through points that tells <paramref name="hint"/> when pointed at; a single point is a dot.</summary>
    public void Polyline(IReadOnlyList<(double X, double Y)> points, string stroke, string hint)
    {
        var places = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));
        _marks.Append(points.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{points[0].X:0.##}\" cy=\"{points[0].Y:0.##}\" r=\"3\" fill=\"{Escape(stroke)}\"><title>{Escape(hint)}</title></circle>\n")
            : $"<polyline points=\"{places}\" fill=\"none\" stroke=\"{Escape(stroke)}\" stroke-width=\"1.5\"><title>{Escape(hint)}</title></polyline>\n");
    }

    /// <summary>The element.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.##} {height:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" role=\"img\" font-family=\"system-ui,sans-serif\" fill=\"#1b1f24\">\n<title>{Escape(title)}</title>\n{_marks}</svg>");

    /// <summary>Text as XML content or attribute: markup escaped, characters that XML does not allow replaced.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune),
            };
        }

        return escaped.ToString();
    }
}
