using System.Globalization;

namespace Cde.Kernels.Displays;

/// <summary>The cells of a <see cref="RichTable"/> in HTML: marks and bars are elements with classes of ours, all text is escaped.</summary>
internal static class RichHtml
{
    /// <summary>The rules of these classes. Marks and bars are tints that show on light and dark alike.</summary>
    public const string Style =
        """
        .cde.cde td.w{overflow-wrap:anywhere;min-width:9em}
        .cde.cde mark{background:rgba(230,159,0,.38);color:inherit;border-radius:.15em;padding:0 .1em}
        .cde .bar{display:inline-block;vertical-align:middle;margin-left:.6em;width:3.5em;height:.6em;background:rgba(128,128,128,.18)}
        .cde .bar>i{display:block;height:100%;background:#0072b2}
        .cde.cde td.gold{background:rgba(0,158,115,.16)!important}
        .cde.cde td.missed{background:rgba(213,94,0,.13)!important}
        """;

    /// <summary>The content of a cell.</summary>
    public static string Of(RichCell cell) => cell switch
    {
        BarCell bar => string.Create(CultureInfo.InvariantCulture, $"{HtmlEscape.Of(bar.Text)}<span class=\"bar\"><i style=\"width:{bar.Filled * 100:0.#}%\"></i></span>"),
        MarkedCell marked => (marked.Lead.Length > 0 ? $"<strong>{HtmlEscape.Of(marked.Lead)}</strong><br>" : "")
            + string.Concat(marked.Parts().Select(part => part.IsMarked ? $"<mark>{HtmlEscape.Of(part.Text)}</mark>" : HtmlEscape.Of(part.Text))),
        _ => HtmlEscape.Of(cell.Text),
    };

    /// <summary>The classes of a cell: that words may break where nothing else helps, as long ids do, and how it stands out.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="isRight">It stands in a column of numbers.</param>
    public static string ClassOf(RichCell cell, bool isRight) => (isRight ? "" : "w") + cell.Tone switch
    {
        CellTone.Gold => " gold",
        CellTone.Missed => " missed",
        _ => "",
    };
}
