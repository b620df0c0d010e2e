namespace Cde.Workbench.Figures;

/// <summary>Colours of series, told apart by people with colour-blindness too.</summary>
/// <remarks>Okabe and Ito, "Color universal design" (2008), without black and yellow.</remarks>
public static class Palette
{
    private static readonly string[] Colours = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"];

    /// <summary>The colour of a series, as <c>#rrggbb</c>; after six they repeat.</summary>
    public static string Colour(int series) => Colours[series % Colours.Length];
}
