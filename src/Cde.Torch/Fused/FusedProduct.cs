using TorchSharp;

namespace Cde.Torch.Fused;

/// <summary>
/// Rows packed once, (N, d), whose inner products with many vectors are computed by the fused encoder's kernels, in float32 on the calling
/// thread, without a tensor in between. Threads may share one. Owns native memory.
/// </summary>
public sealed unsafe class FusedProduct : IDisposable
{
    private nint handle;

    /// <summary>Packs a copy of the rows.</summary>
    /// <param name="rows">(N, d), one row after the other.</param>
    /// <param name="dimension">d.</param>
    /// <param name="bias">(N), added to the products; empty for none.</param>
    /// <param name="kernels">An instruction set of <see cref="FusedKernels"/>; null for the one chosen for float32.</param>
    /// <exception cref="ArgumentException">The rows are not whole, or the bias does not fit them.</exception>
    public FusedProduct(ReadOnlySpan<float> rows, int dimension, ReadOnlySpan<float> bias = default, string? kernels = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (rows.Length % dimension != 0)
            throw new ArgumentException($"{rows.Length} numbers are no whole rows of {dimension}", nameof(rows));
        (Count, Dimension) = (rows.Length / dimension, dimension);
        if (bias.Length != 0 && bias.Length != Count)
            throw new ArgumentException($"a bias of {bias.Length} numbers does not fit {Count} rows", nameof(bias));
        fixed (byte* name = FusedKernels.Utf8(kernels ?? FusedKernels.Override))
        fixed (float* values = rows)
        fixed (float* biases = bias)
        {
            NativeMethods.Check(NativeMethods.cde_fused_product_new(name, values, biases, Count, dimension, out handle, out var stride));
            Stride = checked((int)stride);
        }
    }

    /// <summary>Releases the native memory.</summary>
    ~FusedProduct() => Release();

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>Numbers from the first product of one vector to that of the next: N, rounded up to the width of a panel.</summary>
    public int Stride { get; }

    /// <summary>The product of each vector with every row, plus the row's bias.</summary>
    /// <param name="vectors">(M, d).</param>
    /// <param name="results">(M, <see cref="Stride"/>), of which the first N of each line are products.</param>
    /// <exception cref="ArgumentException">The vectors are not whole, or the results do not fit.</exception>
    public void Apply(ReadOnlySpan<float> vectors, Span<float> results)
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        var count = vectors.Length / Dimension;
        if (count * Dimension != vectors.Length)
            throw new ArgumentException($"{vectors.Length} numbers are no whole vectors of {Dimension}", nameof(vectors));
        if (results.Length < (long)count * Stride)
            throw new ArgumentException($"{(long)count * Stride} products do not fit {results.Length} numbers", nameof(results));
        fixed (float* from = vectors)
        fixed (float* to = results)
            NativeMethods.cde_fused_product_apply(handle, from, count, to);
        GC.KeepAlive(this);
    }

    /// <summary>Releases the native memory; no thread may be multiplying.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        var owned = Interlocked.Exchange(ref handle, 0);
        if (owned != 0)
            NativeMethods.cde_fused_product_release(owned);
    }
}
