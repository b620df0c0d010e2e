namespace Cde.Workbench.Figures;

/// <summary>The colours of a scale.</summary>
public enum HeatColours
{
    /// <summary>From dark to light, for values from nothing to something.</summary>
    Sequential,

    /// <summary>From blue over near-white to red, for values with a middle.</summary>
    Diverging,
}
