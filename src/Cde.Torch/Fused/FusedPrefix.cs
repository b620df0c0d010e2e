using TorchSharp;

namespace Cde.Torch.Fused;

/// <summary>A prefix's packed keys and values, made by <see cref="FusedEncoder.Pack"/>. Owns native memory.</summary>
public sealed class FusedPrefix : IDisposable
{
    private nint handle;

    internal FusedPrefix(nint handle) => this.handle = handle;

    /// <summary>Releases the native memory.</summary>
    ~FusedPrefix() => Release();

    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(FusedPrefix));

    /// <summary>Releases the native memory.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        var owned = Interlocked.Exchange(ref handle, 0);
        if (owned != 0)
            NativeMethods.cde_fused_prefix_release(owned);
    }
}
