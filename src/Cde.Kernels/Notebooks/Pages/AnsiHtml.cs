using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Cde.Kernels.Notebooks;

/// <summary>Terminal text as HTML: colours become spans, a carriage return writes over its line, other control sequences are dropped.</summary>
internal static partial class AnsiHtml
{
    private static readonly int[] CubeLevels = [0, 95, 135, 175, 215, 255]; // of the 256-colour palette, as xterm has it

    /// <summary>The text as HTML for a <c>pre</c> element.</summary>
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var look = new Look();
        var at = 0;
        text = Overwritten().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "");
        foreach (Match control in Control().Matches(text))
        {
            Append(html, look, text[at..control.Index]);
            at = control.Index + control.Length;
            if (control.Groups["style"].Success)
                look = look.With(control.Groups["style"].Value);
        }

        Append(html, look, text[at..]);
        return html.ToString();
    }

    private static void Append(StringBuilder html, Look look, string text)
    {
        if (text.Length == 0)
            return;
        var (classes, style) = (look.Classes, look.Style);
        if (classes.Length + style.Length == 0)
        {
            html.Append(WebUtility.HtmlEncode(text));
            return;
        }

        html.Append("<span");
        if (classes.Length > 0)
            html.Append(" class=\"").Append(classes).Append('"');
        if (style.Length > 0)
            html.Append(" style=\"").Append(style).Append('"');
        html.Append('>').Append(WebUtility.HtmlEncode(text)).Append("</span>");
    }

    /// <summary>How text looks: SGR's bold, faint, italic and underlined, and two colours.</summary>
    private readonly record struct Look(int Marks, string? Front, string? Back)
    {
        public string Classes => string.Join(' ', Enumerable.Range(1, 4).Where(Has).Select(mark => $"a{mark}").Concat(Named("f", Front)).Concat(Named("b", Back)));

        public string Style => string.Join(';', Exact("color", Front).Concat(Exact("background", Back)));

        public Look With(string codes)
        {
            var look = this;
            var numbers = codes.Split(';').Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
            for (var at = 0; at < numbers.Count; at++)
            {
                look = numbers[at] switch
                {
                    0 => new Look(),
                    >= 1 and <= 4 and var mark => look with { Marks = look.Marks | (1 << mark) },
                    22 => look with { Marks = look.Marks & ~0b110 },
                    23 or 24 => look with { Marks = look.Marks & ~(1 << (numbers[at] - 20)) },
                    (>= 30 and <= 37) or (>= 90 and <= 97) => look with { Front = (numbers[at] % 10).ToString(CultureInfo.InvariantCulture) },
                    (>= 40 and <= 47) or (>= 100 and <= 107) => look with { Back = (numbers[at] % 10).ToString(CultureInfo.InvariantCulture) },
                    38 => look with { Front = Colour(numbers, ref at) },
                    48 => look with { Back = Colour(numbers, ref at) },
                    39 => look with { Front = null },
                    49 => look with { Back = null },
                    _ => look,
                };
            }

            return look;
        }

        private bool Has(int mark) => (Marks & (1 << mark)) != 0;

        private static IEnumerable<string> Named(string prefix, string? colour) => colour is { Length: 1 } ? [prefix + colour] : [];

        private static IEnumerable<string> Exact(string property, string? colour) => colour is { Length: > 1 } ? [$"{property}:{colour}"] : [];

        /// <summary>The colour behind 38 or 48: <c>5;n</c> of the palette of 256, or <c>2;r;g;b</c>.</summary>
        private static string? Colour(List<int> numbers, ref int at)
        {
            if (at + 2 < numbers.Count && numbers[at + 1] == 5)
            {
                var index = Math.Min(255, numbers[at + 2]);
                at += 2;
                return index < 16 ? (index % 8).ToString(CultureInfo.InvariantCulture)
                    : index >= 232 ? Rgb(8 + ((index - 232) * 10), 8 + ((index - 232) * 10), 8 + ((index - 232) * 10))
                    : Rgb(CubeLevels[(index - 16) / 36], CubeLevels[(index - 16) / 6 % 6], CubeLevels[(index - 16) % 6]);
            }

            if (at + 4 < numbers.Count && numbers[at + 1] == 2)
            {
                at += 4;
                return Rgb(numbers[at - 2], numbers[at - 1], numbers[at]);
            }

            at = numbers.Count;
            return null;
        }

        private static string Rgb(int red, int green, int blue) =>
            string.Create(CultureInfo.InvariantCulture, $"#{Math.Min(255, red):x2}{Math.Min(255, green):x2}{Math.Min(255, blue):x2}");
    }

    [GeneratedRegex("\e\\[(?<style>[0-9;]*)m|\e\\[[0-?]*[ -/]*[@-~]|\e\\][^\a\e]*(\a|\e\\\\)?|\e[@-Z\\\\^_]?|[\0-\b\v\f\x0e-\x1a\x1c-\x1f]")]
    private static partial Regex Control();

    /// <summary>What a carriage return in the middle of a line writes over.</summary>
    [GeneratedRegex(@"^[^\n]*\r(?=[^\n])|\r+(?=\n|\z)", RegexOptions.Multiline)]
    private static partial Regex Overwritten();
}
