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

    /// <summary>The low-rank adapter whose product is added; null for none.</summary>
    internal LowRankAdapter? Adapter { get; private set; }

    /// <summary>(..., in) -> (..., out). Where x has another precision than the weights, the product is taken in that of x.</summary>
    public Tensor forward(Tensor x)
    {
        var y = weight.dtype == x.dtype ? nn.functional.linear(x, weight, bias) : nn.functional.linear(x, weight.to_type(x.dtype), bias?.to_type(x.dtype));
        return Adapter is null ? y : y + Adapter.forward(x, training);
    }

    /// <summary>Adds an adapter; its parameters stand below this map's name.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    internal void Add(LowRankAdapter adapter)
    {
        if (Adapter is not null)
            throw new InvalidOperationException("this map has an adapter already");
        Adapter = adapter;
        register_module("lora_A", adapter.Down);
        register_module("lora_B", adapter.Up);
    }
}
