using System.Runtime.InteropServices;
using Cde.Torch;
#if TORCH_SYSTEM
using Cde.Torch.Fused;
using Cde.Workbench.Models;
#endif
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Search;

/// <summary>
/// Rows laid out once, (N, d), for float32 products with many vectors: through the fused kernels where they are, else through libtorch.
/// Either way each product is within (d + 8) 2^-24 |x| |y| of the exact one (Higham 2002, 3.1), and nothing more is said of its bits.
/// </summary>
internal sealed class PackedRows : IDisposable
{
    private readonly int _dimension;
    private readonly PackedLinear? _layer;
#if TORCH_SYSTEM
    private readonly FusedProduct? _fused;
#endif

    /// <summary>Lays a copy of the rows out.</summary>
    /// <param name="rows">(N, d).</param>
    /// <param name="dimension">d.</param>
    /// <param name="bias">(N), added to the products; empty for none.</param>
    /// <param name="fused">Whether the fused kernels are taken where they are.</param>
    public PackedRows(ReadOnlySpan<float> rows, int dimension, ReadOnlySpan<float> bias = default, bool fused = true)
    {
        _dimension = dimension;
#if TORCH_SYSTEM
        if (fused && FusedInference.Kernels(ScalarType.Float32) is not null)
        {
            _fused = new FusedProduct(rows, dimension, bias);
            Stride = _fused.Stride;
            return;
        }
#endif
        using var scope = NewDisposeScope();
        var weight = Copy(rows, rows.Length / dimension, dimension);
        _layer = new PackedLinear(weight, bias.IsEmpty ? null : Copy(bias, bias.Length));
        Stride = rows.Length / dimension;
    }

    /// <summary>Numbers from the first product of one vector to that of the next; at least N.</summary>
    public int Stride { get; }

    /// <summary>How many threads should multiply at once: one where libtorch divides a product among its own.</summary>
    public int Threads(int wanted) => _layer is null ? wanted : 1;

    /// <summary>The product of each vector with every row, plus the row's bias: (M, d) -> (M, <see cref="Stride"/>). Threads may share this.</summary>
    public void Products(ReadOnlySpan<float> vectors, Span<float> results)
    {
#if TORCH_SYSTEM
        if (_fused is not null)
        {
            _fused.Apply(vectors, results);
            return;
        }
#endif
        using var none = no_grad();
        using var input = Copy(vectors, vectors.Length / _dimension, _dimension);
        using var product = _layer!.Apply(input);
        Values(product).CopyTo(results);
    }

    public void Dispose()
    {
        _layer?.Dispose();
#if TORCH_SYSTEM
        _fused?.Dispose();
#endif
    }

    private static Tensor Copy(ReadOnlySpan<float> values, params long[] shape)
    {
        var made = empty(shape, dtype: ScalarType.Float32, device: CPU);
        values.CopyTo(Values(made));
        return made;
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
