using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>A linear map <c>x W^T + b</c>: (..., in) -> (..., out).</summary>
public sealed class Projection : nn.Module
{
    private Parameter? weight;
    private readonly Parameter? bias;

    /// <summary>Takes <c>weight</c> (out, in) and, where <paramref name="hasBias"/>, <c>bias</c> (out).</summary>
    public Projection(WeightScope weights, long inputs, long outputs, bool hasBias = true)
        : base(nameof(Projection))
    {
        (Inputs, Outputs) = (inputs, outputs);
        NameInFile = weights.NameInFile("weight");
        weight = weights.Take("weight", outputs, inputs);
        register_parameter("weight", weight);
        if (weights.MapStorage != WeightStorage.AsComputed)
            Compact(weights.MapStorage);
        if (hasBias)
        {
            bias = weights.Take("bias", outputs);
            register_parameter("bias", bias);
        }
    }

    /// <summary>The weight (out, in); there is none once the map is compact.</summary>
    internal Parameter Weight => weight ?? throw new InvalidOperationException("this map keeps its weight in fewer bits");

    /// <summary>The weight in fewer bits; null as long as the map has it whole.</summary>
    internal CompactWeight? Stored { get; private set; }

    internal Parameter? Bias => bias;

    /// <summary>How many numbers go in.</summary>
    internal long Inputs { get; }

    /// <summary>How many numbers come out.</summary>
    internal long Outputs { get; }

    /// <summary>Where it computes.</summary>
    internal Device Device => weight?.device ?? Stored!.Device;

    /// <summary>What the weight is called in the files that it was read from; null for one that was made.</summary>
    internal string? NameInFile { get; }

    /// <summary>The low-rank adapter whose product is added; null for none.</summary>
    internal LowRankAdapter? Adapter { get; private set; }

    /// <summary>(..., in) -> (..., out). Where x has another precision than the weights, the product is taken in that of x.</summary>
    public Tensor forward(Tensor x)
    {
        var y = weight is null ? CompactProduct.apply(x, this)
            : weight.dtype == x.dtype ? nn.functional.linear(x, weight, bias)
            : nn.functional.linear(x, weight.to_type(x.dtype), bias?.to_type(x.dtype));
        return Adapter is null ? y : y + Adapter.forward(x, training);
    }

    /// <summary>Keeps the weight in fewer bits from here on.</summary>
    internal void Compact(WeightStorage storage)
    {
        Stored = CompactWeight.Of(Weight, storage);
        ConditionallyRegisterParameter("weight", null);
        weight?.Dispose();
        weight = null;
        foreach (var (name, value) in Stored.Buffers)
            register_buffer(name, value);
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
