using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Models.Layers;

/// <summary>A matrix in IEEE half precision.</summary>
/// <param name="values">(N, K) float16.</param>
internal sealed class HalfWeight(Tensor values) : CompactWeight((values.size(0), values.size(1)))
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Buffers => [("stored_weight", values)];

    /// <summary>Rounds a float32 matrix to the nearest halves.</summary>
    public static HalfWeight Of(Tensor wide) => new(wide.to_type(ScalarType.Float16));

    /// <inheritdoc/>
    public override Tensor Rows(Tensor ids, ScalarType precision) => values.index_select(0, ids).to_type(precision);

    /// <inheritdoc/>
    protected override Tensor WideOnCpu(long first, long count)
    {
        var wide = empty([count, Shape.Inputs]);
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(values.narrow(0, first, count).bytes), MemoryMarshal.Cast<byte, float>(wide.bytes));
        return wide;
    }

    /// <inheritdoc/>
    protected override Tensor WideAnywhere(long first, long count, ScalarType precision) => values.narrow(0, first, count).to_type(precision);
}
