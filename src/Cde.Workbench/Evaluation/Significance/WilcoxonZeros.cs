namespace Cde.Workbench.Evaluation;

/// <summary>What Wilcoxon's test does with differences of 0.</summary>
public enum WilcoxonZeros
{
    /// <summary>They are left out before ranks are given (Wilcoxon).</summary>
    Drop,

    /// <summary>They get ranks and are then left out (Pratt 1959).</summary>
    Pratt,

    /// <summary>They get ranks, half of which count on either side.</summary>
    Split,
}
