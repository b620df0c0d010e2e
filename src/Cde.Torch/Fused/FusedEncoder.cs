using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Fused;

/// <summary>
/// The layers of a post-norm transformer encoder (BERT, NomicBERT) for inference on the CPU: packed weights, bias, activation, residual and
/// norm inside the products' last step, texts without their padding, and each thread taking its own texts through all layers. Weights are
/// packed on first use and again when one of them has changed. It computes what the layers compute, up to rounding.
/// </summary>
/// <remarks>Memory: a packed copy of the weights (float32; half of that for bfloat16 kernels), and about 10 MB a thread at width 768 during a call.</remarks>
public sealed unsafe class FusedEncoder : IDisposable
{
    private nint handle;

    /// <summary>Takes the layers' weights, which must be on the CPU.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">A weight is missing or of the wrong shape, or this CPU lacks the named kernels.</exception>
    public FusedEncoder(FusedEncoderConfig config, IReadOnlyList<FusedLayer> layers)
    {
        var weights = layers.SelectMany(layer => layer.InOrder()).ToArray();
        var native = new NativeMethods.NativeFusedConfig
        {
            Width = config.Width,
            Heads = config.Heads,
            Inner = config.Inner,
            RotaryHalf = config.Rotated / 2,
            RotaryBase = config.RotaryBase,
            Epsilon = (float)config.Epsilon,
            Activation = (int)config.Activation,
            Gated = config.IsGated ? 1 : 0,
            BFloat16 = config.BFloat16 ? 1 : 0,
        };
        fixed (byte* name = FusedKernels.Utf8(config.Kernels ?? FusedKernels.Override))
        fixed (nint* handles = Handles(weights))
            NativeMethods.Check(NativeMethods.cde_fused_new(&native, name, handles, weights.Length, out handle));
        GC.KeepAlive(weights);
    }

    /// <summary>Releases the native memory.</summary>
    ~FusedEncoder() => Release();

    /// <summary>Packs a prefix's keys and values, one entry (H, P, d/H) a layer, for <see cref="Run"/>.</summary>
    public FusedPrefix Pack(IReadOnlyList<Tensor> keys, IReadOnlyList<Tensor> values)
    {
        fixed (nint* keyHandles = Handles(keys))
        fixed (nint* valueHandles = Handles(values))
        {
            NativeMethods.Check(NativeMethods.cde_fused_prefix_new(Handle, keyHandles, valueHandles, keys.Count, out var made));
            GC.KeepAlive(keys);
            GC.KeepAlive(values);
            return new FusedPrefix(made);
        }
    }

    /// <summary>All layers: x (B, T, d) after the embedding norm -> (B, T, d) of x's element type, exactly 0 behind each text.</summary>
    /// <param name="x">Texts at the start of their rows.</param>
    /// <param name="lengths">Positions of each text, 0 to T.</param>
    /// <param name="shared">Rows (P, d), after the embedding norm, that stand in front of every text and take part in every layer; their outputs are not returned.</param>
    /// <param name="prefix">Keys and values that every text attends to; made by this encoder. Not together with <paramref name="shared"/>.</param>
    /// <param name="first">The position number of the first row, for the rotation.</param>
    /// <param name="unrotated">Position numbers below this one are not rotated.</param>
    public Tensor Run(Tensor x, ReadOnlySpan<long> lengths, Tensor? shared = null, FusedPrefix? prefix = null, long first = 0, long unrotated = 0)
    {
        if (x.dim() != 3 || x.size(0) != lengths.Length)
            throw new ArgumentException($"there are {lengths.Length} lengths for x of shape [{string.Join(", ", x.shape)}]", nameof(lengths));
        if (shared is not null && prefix is not null)
            throw new ArgumentException("a shared front and a prefix exclude each other", nameof(prefix));
        fixed (long* counts = lengths)
        {
            NativeMethods.Check(NativeMethods.cde_fused_run(Handle, x.Handle, counts, shared?.Handle ?? 0, prefix?.Handle ?? 0, first, unrotated, Threads.IntraOp, out var result));
            GC.KeepAlive(x);
            GC.KeepAlive(shared);
            GC.KeepAlive(prefix);
            GC.KeepAlive(this);
            return Tensor.UnsafeCreateTensor(result);
        }
    }

    /// <summary>Releases the native memory.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(FusedEncoder));

    private void Release()
    {
        var owned = Interlocked.Exchange(ref handle, 0);
        if (owned != 0)
            NativeMethods.cde_fused_release(owned);
    }

    private static nint[] Handles(IReadOnlyList<Tensor?> tensors) => [.. tensors.Select(tensor => tensor?.Handle ?? 0)];
}
