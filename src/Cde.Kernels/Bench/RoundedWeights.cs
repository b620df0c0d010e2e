using Cde.Workbench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>Another source's weights in a precision, without gradients.</summary>
internal sealed class RoundedWeights(WeightSource source, ScalarType precision) : WeightSource
{
    /// <inheritdoc/>
    public override bool Has(string name) => source.Has(name);

    /// <inheritdoc/>
    public override Parameter Take(string name, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var full = source.Take(name, shape);
        return new Parameter(full.to_type(precision).DetachFromDisposeScope(), false);
    }
}
