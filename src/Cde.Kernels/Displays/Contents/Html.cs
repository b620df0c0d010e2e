namespace Cde.Kernels.Displays;

/// <summary>Markup that is shown as it is. Text of unknown origin goes through <see cref="Encode"/> first.</summary>
/// <param name="Markup">An HTML fragment.</param>
public sealed record Html(string Markup)
{
    /// <summary>A text as HTML content or attribute value: markup escaped.</summary>
    public static string Encode(string text) => HtmlEscape.Of(text);

    /// <summary>The markup.</summary>
    public override string ToString() => Markup;
}
