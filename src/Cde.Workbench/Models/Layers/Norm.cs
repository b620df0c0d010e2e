using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>Layer normalisation over the last dimension, with a weight and, as a rule, a bias: (..., d) -> (..., d).</summary>
public sealed class Norm : nn.Module
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly double epsilon;
    private readonly long[] shape;

    /// <summary>Takes <c>weight</c> and, where <paramref name="hasBias"/>, <c>bias</c> (d); old checkpoints' <c>gamma</c> and <c>beta</c> are accepted.</summary>
    public Norm(WeightScope weights, long width, double epsilon, bool hasBias = true)
        : base(nameof(Norm))
    {
        var old = weights.IsFile && !weights.Has("weight") && weights.Has("gamma");
        weight = weights.Take(old ? "gamma" : "weight", width);
        register_parameter("weight", weight);
        if (hasBias)
        {
            bias = weights.Take(old ? "beta" : "bias", width);
            register_parameter("bias", bias);
        }

        this.epsilon = epsilon;
        shape = [width];
    }

    internal Parameter Weight => weight;

    internal Parameter? Bias => bias;

    /// <summary>(..., d) -> (..., d). Where x has another precision than the weights, the norm is taken in that of the weights.</summary>
    public Tensor forward(Tensor x) => weight.dtype == x.dtype
        ? nn.functional.layer_norm(x, shape, weight, bias, epsilon)
        : nn.functional.layer_norm(x.to_type(weight.dtype), shape, weight, bias, epsilon).to_type(x.dtype);
}
