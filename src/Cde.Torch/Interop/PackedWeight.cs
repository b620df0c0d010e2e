using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>A weight in the layout of oneDNN's kernels, on the native side.</summary>
internal sealed class PackedWeight : IDisposable
{
    private nint layer;

    private PackedWeight(nint layer)
    {
        this.layer = layer;
        NativeMethods.Check(NativeMethods.cde_packed_kernel(layer, out var name));
        Kernel = NativeMethods.TakeText(name);
    }

    ~PackedWeight() => Release();

    public string Kernel { get; }

    /// <summary>Null where oneDNN has no kernel for the type on this CPU, or the library was built without oneDNN.</summary>
    public static PackedWeight? TryCreate(Tensor weight, Tensor? bias, Activation activation)
    {
        var error = NativeMethods.cde_packed_new(weight.Handle, bias?.Handle ?? 0, (int)activation, out var layer);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        if (error == 0)
            return new PackedWeight(layer);
        NativeMethods.cde_free(error);
        return null;
    }

    public Tensor Apply(Tensor input)
    {
        ObjectDisposedException.ThrowIf(layer == 0, this);
        NativeMethods.Check(NativeMethods.cde_packed_apply(layer, input.Handle, out var result));
        GC.KeepAlive(input);
        GC.KeepAlive(this);
        return new Tensor(result);
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref layer, 0) is var owned && owned != 0)
            NativeMethods.cde_packed_release(owned);
    }
}
