using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>A linear map <c>x W^T + b</c>: (..., in) -> (..., out).</summary>
public sealed class Projection : nn.Module
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>Takes <c>weight</c> (out, in) and, where <paramref name="hasBias"/>, <c>bias</c> (out).</summary>
    public Projection(WeightScope weights, long inputs, long outputs, bool hasBias = true)
        : base(nameof(Projection))
    {
        weight = weights.Take("weight", outputs, inputs);
        register_parameter("weight", weight);
        if (hasBias)
        {
            bias = weights.Take("bias", outputs);
            register_parameter("bias", bias);
        }
    }

    internal Parameter Weight => weight;

    internal Parameter? Bias => bias;

    /// <summary>(..., in) -> (..., out).</summary>
    public Tensor forward(Tensor x) => nn.functional.linear(x, weight, bias);
}
