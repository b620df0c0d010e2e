namespace Cde.Workbench.Evaluation;

/// <summary>What a test asks of the differences.</summary>
public enum Alternative
{
    /// <summary>Whether they lie on either side of 0.</summary>
    TwoSided,

    /// <summary>Whether they lie above 0.</summary>
    Greater,

    /// <summary>Whether they lie below 0.</summary>
    Less,
}
