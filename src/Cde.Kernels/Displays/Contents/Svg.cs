namespace Cde.Kernels.Displays;

/// <summary>A drawing that is shown as it is, inline, so that its hints and links work.</summary>
/// <param name="Markup">One <c>svg</c> element.</param>
public sealed record Svg(string Markup)
{
    /// <summary>The markup.</summary>
    public override string ToString() => Markup;
}
