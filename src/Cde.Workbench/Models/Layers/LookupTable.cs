using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>A table of vectors, one row an id: (...) int64 -> (..., d).</summary>
public sealed class LookupTable : nn.Module
{
    private readonly long width;
    private Parameter? weight;

    /// <summary>Takes <c>weight</c> (rows, d).</summary>
    public LookupTable(WeightScope weights, long rows, long width)
        : base(nameof(LookupTable))
    {
        this.width = width;
        weight = weights.Take("weight", rows, width);
        register_parameter("weight", weight);
    }

    /// <summary>The table (rows, d); there is none once it is compact.</summary>
    internal Parameter Weight => weight ?? throw new InvalidOperationException("this table keeps its rows in fewer bits, for inference alone");

    /// <summary>The table in fewer bits; null as long as it is there whole.</summary>
    internal CompactWeight? Stored { get; private set; }

    /// <summary>The vectors of <paramref name="ids"/>: (...) -> (..., d).</summary>
    public Tensor forward(Tensor ids) =>
        (weight is null ? Stored!.Rows(ids.flatten(), ScalarType.Float32) : weight.index_select(0, ids.flatten())).view([.. ids.shape, width]);

    /// <summary>The vector of one id: (d).</summary>
    public Tensor Row(long id)
    {
        if (weight is not null)
            return weight[id];
        using var scope = NewDisposeScope();
        return Stored!.Rows(tensor(new[] { id }).to(Stored.Device), ScalarType.Float32).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps the rows in fewer bits from here on: 16 for <see cref="WeightStorage.Float16"/>, else 8.</summary>
    internal void Compact(WeightStorage storage)
    {
        Stored = CompactWeight.Of(Weight, storage == WeightStorage.Float16 ? storage : WeightStorage.Int8);
        ConditionallyRegisterParameter("weight", null);
        weight?.Dispose();
        weight = null;
        foreach (var (name, value) in Stored.Buffers)
            register_buffer(name, value);
    }
}
