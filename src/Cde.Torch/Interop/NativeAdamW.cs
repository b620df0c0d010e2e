using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The settings of <c>cde_adamw</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeAdamW
{
    /// <summary>What the gradient is multiplied by.</summary>
    public double GradientScale;

    /// <summary>What the parameter is multiplied by: 1 - decay.</summary>
    public double Keep;

    /// <summary>Decay of the average gradient.</summary>
    public double Beta1;

    /// <summary>Decay of the average squared gradient.</summary>
    public double Beta2;

    /// <summary>The learning rate with both bias corrections.</summary>
    public double Rate;

    /// <summary>Added to the root of the average squared gradient, with its bias correction.</summary>
    public double Epsilon;
}
