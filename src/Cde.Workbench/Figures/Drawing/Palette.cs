namespace Cde.Workbench.Figures;

/// <summary>Colours of series, told apart by people with colour-blindness too.</summary>
/// <remarks>
/// The first six are Okabe and Ito's, "Color universal design" (2008), without black and yellow; then the same hues darker, then lighter.
/// On a dark page every colour has a twin that shows there.
/// </remarks>
public static class Palette
{
    /// <summary>How many colours there are before they repeat.</summary>
    public const int Count = 18;

    /// <summary>What belongs to no group, as <c>#rrggbb</c>.</summary>
    public const string Noise = "#b1b8c0";

    private static readonly string[] OnWhite =
    [
        "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00",
        "#004a75", "#946600", "#00634a", "#8c4a70", "#2a7dac", "#8c3e00",
        "#7fb8d8", "#f2c96b", "#66c2a5", "#e6bdd3", "#a9d8f4", "#f0a06a",
    ];

    private static readonly string[] OnBlack =
    [
        "#3f9fd8", "#e69f00", "#1fb88c", "#d98ab6", "#7cc6f0", "#ee7a2c",
        "#2b78a8", "#b07c08", "#12866a", "#ab6890", "#4f9dc6", "#c05c18",
        "#8fc6e6", "#f2d080", "#7fd4b8", "#ecc6da", "#b6e0f8", "#f4b083",
    ];

    /// <summary>The colour of a series on a light page, as <c>#rrggbb</c>; noise where the series is negative.</summary>
    public static string Colour(int series) => series < 0 ? Noise : OnWhite[series % Count];

    /// <summary>The same colour's twin on a dark page.</summary>
    public static string ColourOnDark(int series) => series < 0 ? "#59626c" : OnBlack[series % Count];
}
