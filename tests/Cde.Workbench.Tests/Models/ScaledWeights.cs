using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

/// <summary>Seeded weights large enough that attention is uneven and activations bend; biases and norms are not trivial.</summary>
internal sealed class ScaledWeights(long seed, ScalarType precision = ScalarType.Float32) : WeightSource
{
    private readonly InitialWeights source = new(seed);

    public override bool Has(string name) => true;

    public override TorchSharp.Modules.Parameter Take(string name, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var values = shape.Length > 1
            ? source.Take(name, shape) * 8
            : source.Take(name + ".matrix", 1, shape[0]).view(shape) * 10 + (name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
        return new TorchSharp.Modules.Parameter(values.to_type(precision).DetachFromDisposeScope(), precision == ScalarType.Float32);
    }
}
