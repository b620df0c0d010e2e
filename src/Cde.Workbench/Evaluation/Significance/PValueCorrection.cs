using System.Text.Json.Serialization;

namespace Cde.Workbench.Evaluation;

/// <summary>How p values are corrected where many tests are made at once.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PValueCorrection>))]
public enum PValueCorrection
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Holm (1979): as safe as Bonferroni and never weaker; holds the chance of any false claim.</summary>
    Holm,

    /// <summary>Bonferroni: each p value times the number of tests.</summary>
    Bonferroni,

    /// <summary>Benjamini and Hochberg (1995): holds the expected share of false claims among those made.</summary>
    BenjaminiHochberg,
}
