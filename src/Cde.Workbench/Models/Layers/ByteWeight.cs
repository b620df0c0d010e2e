using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>A matrix in 8-bit integers with a scale a row, whose largest weight is -127 or 127 times the scale.</summary>
/// <param name="values">(N, K) int8.</param>
/// <param name="scales">(N, 1) float32.</param>
internal sealed class ByteWeight(Tensor values, Tensor scales) : CompactWeight((values.size(0), values.size(1)))
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Buffers => [("stored_weight", values), ("stored_scales", scales)];

    /// <summary>Rounds a float32 matrix to the nearest.</summary>
    public static ByteWeight Of(Tensor wide)
    {
        var scales = (wide.abs().amax([1L], keepdim: true) / 127.0) + 1e-30; // a row of zeros must not divide by zero
        return new ByteWeight((wide / scales).round().to_type(ScalarType.Int8), scales);
    }

    /// <inheritdoc/>
    public override Tensor Rows(Tensor ids, ScalarType precision)
    {
        using var scope = NewDisposeScope();
        return (values.index_select(0, ids).to_type(precision) * scales.index_select(0, ids).to_type(precision)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override Tensor WideAnywhere(long first, long count, ScalarType precision) => values.narrow(0, first, count).to_type(precision) * scales.narrow(0, first, count);
}
