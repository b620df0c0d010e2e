using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>A row of a CSV or TSV file.</summary>
/// <param name="Line">The number of its first line.</param>
/// <param name="Fields">Its fields, unquoted.</param>
internal sealed record DelimitedRow(int Line, IReadOnlyList<string> Fields);

/// <summary>
/// Reads rows of CSV (RFC 4180: quoted fields may hold commas, doubled quotes and line ends) and of TSV (no quoting). Blank lines are
/// skipped. Strict where it matters: a quote that is never closed, or text after a closing quote, is refused by line.
/// </summary>
internal static class DelimitedRows
{
    /// <summary>The longest field in characters: a quote that is never closed must not fill the memory.</summary>
    public const int MaxFieldLength = 1 << 24;

    /// <summary>The rows of a CSV file.</summary>
    public static IEnumerable<DelimitedRow> ReadCsv(string path) => ReadCsv(path, TextLines.ReadAll(path));

    /// <summary>The rows of CSV that lies elsewhere, such as in an archive; <paramref name="path"/> names it in errors.</summary>
    public static IEnumerable<DelimitedRow> ReadCsv(string path, IEnumerable<(int Number, string Text)> text)
    {
        using var lines = text.GetEnumerator();
        while (lines.MoveNext())
        {
            if (lines.Current.Text.Length > 0)
                yield return ReadCsvRow(path, lines);
        }
    }

    /// <summary>The rows of a TSV file.</summary>
    public static IEnumerable<DelimitedRow> ReadTsv(string path) =>
        TextLines.Read(path).Select(line => new DelimitedRow(line.Number, line.Text.Split('\t')));

    private static DelimitedRow ReadCsvRow(string path, IEnumerator<(int Number, string Text)> lines)
    {
        var start = lines.Current.Number;
        var fields = new List<string>();
        var line = lines.Current.Text;
        var at = 0;
        while (true)
        {
            if (at < line.Length && line[at] == '"')
            {
                fields.Add(ReadQuoted(path, lines, ref line, ref at));
                if (at < line.Length && line[at] != ',')
                    throw new CdeException($"{path} line {lines.Current.Number}: text after the closing quote of field {fields.Count}; quotes inside a field are doubled");
            }
            else
            {
                var comma = line.IndexOf(',', at);
                fields.Add(comma < 0 ? line[at..] : line[at..comma]);
                at = comma < 0 ? line.Length : comma;
            }

            if (at == line.Length)
                return new DelimitedRow(start, fields);
            at++; // the comma; a row that ends with one has an empty last field
        }
    }

    // Starts at the opening quote, ends after the closing one.
    private static string ReadQuoted(string path, IEnumerator<(int Number, string Text)> lines, ref string line, ref int at)
    {
        var start = lines.Current.Number;
        var field = new StringBuilder();
        at++;
        while (true)
        {
            var quote = line.IndexOf('"', at);
            field.Append(line, at, (quote < 0 ? line.Length : quote) - at);
            if (field.Length > MaxFieldLength)
                throw new CdeException($"{path} line {start}: a quoted field has more than {MaxFieldLength} characters; is its quote never closed?");
            if (quote >= 0 && quote + 1 < line.Length && line[quote + 1] == '"')
            {
                field.Append('"');
                at = quote + 2;
            }
            else if (quote >= 0)
            {
                at = quote + 1;
                return field.ToString();
            }
            else
            {
                if (!lines.MoveNext())
                    throw new CdeException($"{path} line {start}: a quoted field is never closed");
                field.Append('\n');
                line = lines.Current.Text;
                at = 0;
            }
        }
    }
}
