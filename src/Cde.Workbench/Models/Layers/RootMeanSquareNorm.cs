using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary><c>w x / sqrt(mean(x^2) + epsilon)</c> over the last dimension (Zhang and Sennrich 2019): (..., d) -> (..., d). Taken in float32.</summary>
public sealed class RootMeanSquareNorm : nn.Module
{
    private readonly Parameter weight;
    private readonly double epsilon;

    /// <summary>Takes <c>weight</c> (d).</summary>
    public RootMeanSquareNorm(WeightScope weights, long width, double epsilon)
        : base(nameof(RootMeanSquareNorm))
    {
        weight = weights.Take("weight", width);
        register_parameter("weight", weight);
        this.epsilon = epsilon;
    }

    /// <summary>(..., d) -> (..., d), in the precision of x.</summary>
    public Tensor forward(Tensor x)
    {
        var wide = x.to_type(ScalarType.Float32);
        var root = (wide.square().mean([-1], keepdim: true) + epsilon).rsqrt();
        return weight.to_type(x.dtype) * (wide * root).to_type(x.dtype);
    }
}
