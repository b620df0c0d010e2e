using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>A table of vectors, one row an id: (...) int64 -> (..., d).</summary>
public sealed class LookupTable : nn.Module
{
    private readonly Parameter weight;

    /// <summary>Takes <c>weight</c> (rows, d).</summary>
    public LookupTable(WeightScope weights, long rows, long width)
        : base(nameof(LookupTable))
    {
        weight = weights.Take("weight", rows, width);
        register_parameter("weight", weight);
    }

    internal Parameter Weight => weight;

    /// <summary>The vectors of <paramref name="ids"/>: (...) -> (..., d).</summary>
    public Tensor forward(Tensor ids) => weight.index_select(0, ids.flatten()).view([.. ids.shape, weight.size(1)]);

    /// <summary>The vector of one id: (d).</summary>
    public Tensor Row(long id) => weight[id];
}
