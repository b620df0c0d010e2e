namespace Cde.Workbench.Figures;

/// <summary>Something drawn: data and labels, independent of how it is shown.</summary>
public abstract record Figure
{
    /// <summary>What the figure shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The figure as one <c>svg</c> element that refers to nothing outside itself and needs no script.</summary>
    public abstract string ToSvg();

    /// <summary>
    /// The figure as a fragment of a page: the drawing, with a style that follows light and dark themes and a script for hints, zoom and legend. It
    /// refers to nothing outside itself, stands any number of times on a page, and shows the drawing where scripts do not run.
    /// </summary>
    public virtual string ToHtml() => FigureHtml.Of(ToSvg(), ["zoom", "axes"]);

    /// <summary>The figure in characters, for where nothing can be drawn; lines without a trailing line break.</summary>
    public abstract string ToText();
}
