namespace Cde.Torch.Fused;

/// <summary>The activation of a feed-forward part.</summary>
public enum FusedActivation
{
    /// <summary>The identity.</summary>
    None = 0,

    /// <summary>GELU with the exact error function.</summary>
    Gelu = 1,

    /// <summary><c>x * sigmoid(x)</c>.</summary>
    Silu = 2,

    /// <summary>The logistic function.</summary>
    Sigmoid = 3,
}
