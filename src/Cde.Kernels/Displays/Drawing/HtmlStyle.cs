using System.Globalization;
using System.Text;

namespace Cde.Kernels.Displays;

/// <summary>
/// The style of what is drawn. Colours are the page's own, grey that shows on light and dark alike, and the front end's for errors. Every
/// rule is bound to our classes, and equal in every output, so that outputs on one page do not disturb each other.
/// </summary>
internal static class HtmlStyle
{
    // The class is named twice where front ends have rules of their own for tables: theirs are as specific as one class and a half.
    private const string Base =
        """
        .cde{line-height:1.45;overflow-x:auto}
        .cde.cde table{border-collapse:collapse;border:0;margin:.3em 0 .6em;font-size:inherit;table-layout:auto;color:inherit}
        .cde.cde caption{caption-side:top;text-align:left;font-weight:600;padding:.2em 0;color:inherit;white-space:nowrap}
        .cde.cde th,.cde.cde td{padding:.2em .9em .2em 0;text-align:left;vertical-align:top;border:0;border-bottom:1px solid rgba(128,128,128,.3);color:inherit;max-width:52em;white-space:normal;line-height:inherit}
        .cde tr,.cde th,.cde td{background:none!important}
        .cde.cde th{font-weight:600;white-space:nowrap}
        .cde.cde thead th{white-space:normal}
        .cde.cde thead th{border-bottom:2px solid rgba(128,128,128,.6)}
        .cde.cde .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .cde.cde td.l{min-width:12em}
        .cde.cde td.h{min-width:8em}
        .cde .m{opacity:.65}
        .cde.cde .e{color:var(--jp-error-color1,var(--vscode-errorForeground,#e5534b))}
        .cde.cde pre{margin:.2em 0;padding:0;background:none;color:inherit;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.92em}
        .cde details{margin:0}
        .cde summary{cursor:pointer}
        .cde.cde details table{margin-left:1em}
        .cde figure{margin:.6em 0}
        """;

    // Every row knows its place in each order (--r as it came, --a by the first column, ...); the checked radio button picks one of them as
    // --k. A cell's height is --v times something, and --v is 1 on the page --p and 0 elsewhere: nothing is drawn twice.
    private const string Ordered =
        """
        .cde-t{overflow-x:auto}
        .cde-t>input{display:block;position:absolute;width:1px;height:1px;margin:0;opacity:0;pointer-events:none}
        .cde-t>input:focus-visible~.cde-p{outline:1px dotted}
        .cde-t>table.s{display:grid;grid-template-columns:repeat(var(--c),auto);width:max-content;max-width:100%;--p:0}
        .cde-t>table.s>thead,.cde-t>table.s>tbody,.cde-t>table.s>*>tr{display:contents}
        .cde-t>table.s>caption{display:block;grid-column:1/-1;width:0;min-width:max(100%,34em);white-space:normal!important}
        .cde-t>table.s>caption,.cde-t>table.s>thead>tr>th{order:-1}
        .cde-t>table.s>tbody>tr{--k:var(--r)}
        .cde-t>table.s>tbody>tr>td{--d:calc(var(--k) - var(--p)*var(--z));--v:clamp(0,min(var(--d) + 1,var(--z) - var(--d)),1);order:var(--k);max-height:calc(var(--v)*9999px);padding-top:calc(var(--v)*.2em);padding-bottom:calc(var(--v)*.2em);border-bottom-width:calc(var(--v)*1px);overflow-y:clip}
        .cde-t label{cursor:pointer;opacity:.4;font-size:.8em}
        .cde-t label:hover{opacity:1}
        .cde-t th>label.u::before{content:"\25B4";padding-left:.3em}
        .cde-t th>label.d::before{content:"\25BE"}
        .cde-p{font-size:.92em}
        .cde-p>*{padding:0 .5em 0 0}
        .cde-p>label::before{content:attr(title)}
        .cde-t>.k0:checked~.cde-p>label.o{display:none}
        """;

    /// <summary>The style element.</summary>
    /// <param name="orders">The most orders that any table of the fragment has, the one it came in included; 0 where no table is sorted or paged.</param>
    /// <param name="pages">The most pages that any table has.</param>
    /// <param name="more">Rules that this fragment alone needs; none where empty.</param>
    public static string Element(int orders, int pages, string more = "")
    {
        var style = new StringBuilder("<style>\n").Append(Base).Append('\n');
        if (more.Length > 0)
            style.Append(more).Append('\n');
        if (orders > 0)
            style.Append(Ordered).Append('\n');
        for (var order = 1; order < orders; order++)
        {
            var rank = $"var(--{Letter((order - 1) / 2)})";
            style.Append(CultureInfo.InvariantCulture, $".cde-t>.k{order}:checked~table>tbody>tr{{--k:{(order % 2 == 1 ? rank : $"calc(var(--n) - 1 - {rank})")}}}\n")
                .Append(CultureInfo.InvariantCulture, $".cde-t>.k{order}:checked~table label[for$=\"-k{order}\"]{{opacity:1}}\n");
        }

        for (var page = 0; page < pages && pages > 1; page++)
        {
            style.Append(CultureInfo.InvariantCulture, $".cde-t>.p{page}:checked~table{{--p:{page}}}\n")
                .Append(CultureInfo.InvariantCulture, $".cde-t>.p{page}:checked~.cde-p>label[for$=\"-p{page}\"]{{opacity:1;font-weight:700}}\n");
        }

        return style.Append("</style>\n").ToString();
    }

    /// <summary>The name of a column's order.</summary>
    public static char Letter(int column) => (char)('a' + column);
}
