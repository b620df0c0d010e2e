using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// An encoder whose layers may compute in another precision than that of its weights: products then take the weights rounded, norms and gradients stay in the
/// weights' own, so that training in bfloat16 has float32 weights to add small steps to (Micikevicius et al. 2018).
/// </summary>
internal interface IMixedPrecision
{
    /// <summary>What the layers compute in; null for the weights' own precision.</summary>
    ScalarType? LayerPrecision { get; set; }
}
