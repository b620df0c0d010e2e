using System.Globalization;
using System.Text;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>
/// A table in HTML that is paged and sorted without script, by radio buttons and style alone. Where styles are taken out (GitHub) every row
/// stands in the order in which it came; where the table is small it is a plain table.
/// </summary>
internal sealed class HtmlTable
{
    private const int MaxSortedColumns = 8;
    private const int LeastSortedRows = 3;
    private const int LongText = 40; // characters from which a cell is kept from shrinking to its longest word
    private const int HalfLongText = 14; // from which a name is: it breaks at its hyphens otherwise

    /// <summary>The columns.</summary>
    public required IReadOnlyList<HtmlColumn> Columns { get; init; }

    /// <summary>The rows, each as long as the columns.</summary>
    public required IReadOnlyList<IReadOnlyList<HtmlCell>> Rows { get; init; }

    /// <summary>What stands above; may be empty.</summary>
    public string Caption { get; init; } = "";

    /// <summary>What stands below: how many rows there are; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Rows on a page at least.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Whether the reader can sort and turn pages; not inside another table.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether an order by one of the columns means something: not for a matrix.</summary>
    public bool IsSortable { get; init; } = true;

    /// <summary>How many orders there are: as it came, and up and down by each sorted column; 0 where there is nothing to choose.</summary>
    public int Orders
    {
        get
        {
            var sorted = SortedColumns().Count;
            return IsInteractive && (sorted > 0 || Rows.Count > RowsAPage) ? 1 + (2 * sorted) : 0;
        }
    }

    /// <summary>How many pages there are.</summary>
    public int Pages => IsInteractive ? Math.Max(1, (Rows.Count + RowsAPage - 1) / RowsAPage) : 1;

    // The style has rules for ten pages: more rows make longer pages.
    private int RowsAPage => Math.Max(PageSize, (Rows.Count + DisplayLimits.Pages - 1) / DisplayLimits.Pages);

    /// <summary>Writes the table.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="number">Tells it from the same table elsewhere on the page.</param>
    public void Append(StringBuilder html, int number)
    {
        if (Orders == 0)
        {
            AppendTable(html, "", [], "");
        }
        else
        {
            var id = Id(number);
            html.Append("<div class=\"cde-t\">");
            for (var order = 0; order < Orders; order++)
                AppendRadio(html, id, 'k', order);
            for (var page = 0; page < Pages && Pages > 1; page++)
                AppendRadio(html, id, 'p', page);
            AppendTable(html, string.Create(CultureInfo.InvariantCulture, $" class=\"s\" style=\"--n:{Rows.Count};--z:{RowsAPage};--c:{Columns.Count}\""), SortedColumns(), id);
            html.Append("<div class=\"cde-p\">");
            for (var page = 0; page < Pages && Pages > 1; page++)
                html.Append(CultureInfo.InvariantCulture, $"<label for=\"{id}-p{page}\" title=\"{page + 1}\"></label>");
            if (Pages > 1)
                html.Append("<span>").Append(Shown.Count(Rows.Count)).Append(" rows</span>");
            if (Orders > 1)
                html.Append(CultureInfo.InvariantCulture, $"<label class=\"o\" for=\"{id}-k0\" title=\"as it came\"></label>");
            html.Append("</div></div>");
        }

        if (Note.Length > 0)
            html.Append("<div class=\"m\">").Append(HtmlEscape.Of(Note)).Append("</div>");
        html.Append('\n');
    }

    private static void AppendRadio(StringBuilder html, string id, char kind, int number) => html.Append(
        CultureInfo.InvariantCulture,
        $"<input type=\"radio\" hidden class=\"{kind}{number}\" name=\"{id}-{kind}\" id=\"{id}-{kind}{number}\"{(number == 0 ? " checked" : "")}>");

    private void AppendTable(StringBuilder html, string attributes, List<int> sorted, string id)
    {
        html.Append("<table").Append(attributes).Append('>');
        if (Caption.Length > 0)
            html.Append("<caption>").Append(HtmlEscape.Of(Caption)).Append("</caption>");
        html.Append("<thead><tr>");
        for (var column = 0; column < Columns.Count; column++)
        {
            html.Append(Columns[column].IsRight ? "<th class=\"n\">" : "<th>").Append(HtmlEscape.Of(Shown.Shorten(Columns[column].Name, 60)));
            if (sorted.IndexOf(column) is var place and >= 0)
            {
                html.Append(CultureInfo.InvariantCulture, $"<label class=\"u\" for=\"{id}-k{(2 * place) + 1}\" title=\"smallest first\"></label>")
                    .Append(CultureInfo.InvariantCulture, $"<label class=\"d\" for=\"{id}-k{(2 * place) + 2}\" title=\"largest first\"></label>");
            }

            html.Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>");
        var ranks = sorted.Select(column => RowOrder.Ranks([.. Rows.Select(row => row[column].Key)])).ToList();
        for (var row = 0; row < Rows.Count; row++)
        {
            html.Append("<tr");
            if (id.Length > 0)
            {
                html.Append(CultureInfo.InvariantCulture, $" style=\"--r:{row}");
                for (var place = 0; place < ranks.Count; place++)
                    html.Append(CultureInfo.InvariantCulture, $";--{HtmlStyle.Letter(place)}:{ranks[place][row]}");
                html.Append('"');
            }

            html.Append('>');
            for (var column = 0; column < Columns.Count; column++)
                AppendCell(html, Rows[row][column], Columns[column].IsRight);
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table>");
    }

    private static void AppendCell(StringBuilder html, HtmlCell cell, bool isRight)
    {
        var classes = $"{(isRight ? "n" : cell.Class.Length > 0 ? "" : cell.Html.Length >= LongText ? "l" : cell.Html.Length >= HalfLongText && cell.Html[0] != '<' ? "h" : "")} {cell.Class}".Trim();
        html.Append(classes.Length > 0 ? $"<td class=\"{classes}\">" : "<td>").Append(cell.Html).Append("</td>");
    }

    private List<int> SortedColumns() => !IsSortable || Rows.Count < LeastSortedRows
        ? []
        : [.. Enumerable.Range(0, Columns.Count).Where(column => Columns[column].Name != "#").Take(MaxSortedColumns)];

    /// <summary>
    /// A name that no other table of the page has: from the content, so that cells run again in another session differ, and the number, so
    /// that the same table shown twice does.
    /// </summary>
    private string Id(int number)
    {
        using var hash = ContentHash.Build();
        foreach (var cell in Rows.Take(50).SelectMany(row => row))
            hash.Add(cell.Html);
        return string.Create(CultureInfo.InvariantCulture, $"cde-{hash.Add(Caption).ToHash()[..8]}-{number}");
    }
}

/// <summary>A column of a table in HTML.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRight">Whether it is set to the right: numbers.</param>
internal readonly record struct HtmlColumn(string Name, bool IsRight);

/// <summary>A cell of a table in HTML.</summary>
/// <param name="Html">Its content, escaped.</param>
/// <param name="Key">What it is sorted by: a double, a string, or null for what comes last.</param>
internal readonly record struct HtmlCell(string Html, object? Key)
{
    /// <summary>Its classes; none where empty.</summary>
    public string Class { get; init; } = "";
}
