using System.Globalization;
using System.Text;

namespace Cde.Workbench.Figures;

/// <summary>Writes one <c>svg</c> element. Every text is escaped, every number is written with a point.</summary>
/// <remarks>
/// Colours stand in attributes, as a light page has them, so that the element is complete alone; classes let a page with a style change them.
/// Nothing has an id, so that any number of figures stand on one page.
/// </remarks>
/// <param name="width">Width in pixels at scale 1.</param>
/// <param name="height">Height in pixels at scale 1.</param>
/// <param name="title">What the figure shows, for screen readers.</param>
public sealed class SvgWriter(double width, double height, string title)
{
    private readonly StringBuilder _marks = new();
    private readonly Stack<string> _open = [];

    /// <summary>A text.</summary>
    /// <param name="x">Its place, by the anchor.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="weight">400 is regular, 600 bold.</param>
    /// <param name="isMuted">It stands back behind the other texts.</param>
    /// <param name="kind">A further class; may be empty.</param>
    public void Text(double x, double y, string text, string anchor, double size = 12, int weight = 400, bool isMuted = false, string kind = "") =>
        _marks.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" font-size=\"{size:0.##}\"")
            .Append(weight == 400 ? "" : string.Create(CultureInfo.InvariantCulture, $" font-weight=\"{weight}\""))
            .Append(isMuted ? $" class=\"{(kind.Length > 0 ? $"muted {kind}" : "muted")}\" fill=\"#57606a\"" : "")
            .Append('>').Append(Escape(text)).Append("</text>\n");

    /// <summary>A filled rectangle that tells <paramref name="hint"/> when pointed at.</summary>
    public void Rectangle(double x, double y, double rectangleWidth, double rectangleHeight, string fill, string hint) =>
        _marks.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{rectangleWidth:0.##}\" height=\"{rectangleHeight:0.##}\" fill=\"{Escape(fill)}\">{Hint(hint)}</rect>\n");

    /// <summary>A filled circle that tells <paramref name="hint"/> when pointed at, where there is one.</summary>
    public void Circle(double x, double y, double radius, string hint = "")
    {
        _marks.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\"");
        _marks.Append(hint.Length > 0 ? $">{Hint(hint)}</circle>\n" : "/>\n");
    }

    /// <summary>A thin line of a grid or an axis.</summary>
    public void Line(double x1, double y1, double x2, double y2) =>
        _marks.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" class=\"grid\" stroke=\"#d8dee4\"/>\n");

    /// <summary>A line through points that tells <paramref name="hint"/> when pointed at; a single point is a dot.</summary>
    public void Polyline(IReadOnlyList<(double X, double Y)> points, string stroke, string hint)
    {
        var places = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));
        _marks.Append(points.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{points[0].X:0.##}\" cy=\"{points[0].Y:0.##}\" r=\"3\" fill=\"{Escape(stroke)}\">{Hint(hint)}</circle>\n")
            : $"<polyline points=\"{places}\" fill=\"none\" stroke=\"{Escape(stroke)}\" stroke-width=\"1.5\">{Hint(hint)}</polyline>\n");
    }

    /// <summary>A shape given by a path that tells <paramref name="hint"/> when pointed at, where there is one.</summary>
    /// <param name="path">The path's data.</param>
    /// <param name="attributes">Further attributes, as they are.</param>
    /// <param name="hint">What it tells.</param>
    public void Path(string path, string attributes, string hint = "") =>
        _marks.Append($"<path d=\"{path}\" {attributes}").Append(hint.Length > 0 ? $">{Hint(hint)}</path>\n" : "/>\n");

    /// <summary>A picture whose pixels stay sharp, from the upper left corner of what it stands in.</summary>
    /// <param name="pictureWidth">Pixels.</param>
    /// <param name="pictureHeight">Pixels.</param>
    /// <param name="png">The file's bytes.</param>
    public void Image(double pictureWidth, double pictureHeight, byte[] png) =>
        _marks.Append(CultureInfo.InvariantCulture, $"<image width=\"{pictureWidth:0.##}\" height=\"{pictureHeight:0.##}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>\n");

    /// <summary>Begins an element; what follows stands in it until <see cref="Close"/>.</summary>
    /// <param name="name">The element.</param>
    /// <param name="attributes">Its attributes, as they are.</param>
    public void Open(string name, string attributes)
    {
        _open.Push(name);
        _marks.Append($"<{name} {attributes}>\n");
    }

    /// <summary>Begins the marks of a series, which a page's style and script know by its number.</summary>
    /// <param name="series">The series; negative for what belongs to none.</param>
    /// <param name="kind">A further class.</param>
    /// <param name="name">Its name, for a script that reads values; may be empty.</param>
    /// <param name="values">Its values as <c>x,y</c> with blanks between; may be empty.</param>
    public void OpenSeries(int series, string kind = "marks", string name = "", string values = "") => Open("g", string.Create(
        CultureInfo.InvariantCulture,
        $"class=\"{kind} {(series < 0 ? "noise" : $"c{series % Palette.Count}")}\" data-s=\"{series}\" color=\"{Palette.Colour(series)}\" fill=\"currentColor\"{(name.Length > 0 ? $" data-name=\"{Escape(name)}\"" : "")}{(values.Length > 0 ? $" data-v=\"{values}\"" : "")}"));

    /// <summary>Begins an entry of the legend, which a page's script makes a button, with a ground that is as easily hit as a button.</summary>
    /// <param name="series">The series.</param>
    /// <param name="x">Its left.</param>
    /// <param name="y">Its top.</param>
    /// <param name="keyWidth">Pixels.</param>
    /// <param name="keyHeight">Pixels.</param>
    public void OpenKey(int series, double x, double y, double keyWidth, double keyHeight)
    {
        Open("g", string.Create(CultureInfo.InvariantCulture, $"class=\"key\" data-s=\"{series}\""));
        Path($"M{Number(x)} {Number(y)}h{Number(keyWidth)}v{Number(keyHeight)}h-{Number(keyWidth)}Z", "fill-opacity=\"0\"");
    }

    /// <summary>Ends the element that was begun last.</summary>
    public void Close() => _marks.Append($"</{_open.Pop()}>\n");

    /// <summary>The element.</summary>
    /// <exception cref="InvalidOperationException">An element inside it was not closed.</exception>
    public override string ToString()
    {
        if (_open.Count > 0)
            throw new InvalidOperationException($"{_open.Peek()} is open");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0.##} {height:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" role=\"img\" font-family=\"system-ui,sans-serif\" color=\"#1b1f24\" fill=\"currentColor\">\n<title>{Escape(title)}</title>\n<path class=\"back\" fill=\"#fff\" d=\"M0 0H{width:0.##}V{height:0.##}H0Z\"/>\n{_marks}</svg>");
    }

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

    /// <summary>A number as attributes have it.</summary>
    internal static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // Line breaks are kept: they part a point's name from its text.
    private static string Hint(string hint) => $"<title>{string.Join("\n", hint.Split('\n').Select(Escape))}</title>";
}
