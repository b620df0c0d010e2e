using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;

namespace Cde.Torch;

/// <summary>The counters and texts that all processes see: a TCPStore of c10d. Any thread may call it.</summary>
internal sealed unsafe class NativeStore : IDisposable
{
    private nint handle;

    private NativeStore(nint handle) => this.handle = handle;

    ~NativeStore() => Release();

    public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(NativeStore));

    /// <summary>The kinds of device between which tensors can travel: "gloo", "gloo,nccl"; empty for none.</summary>
    public static string Backends => Marshal.PtrToStringUTF8(NativeMethods.cde_collectives()) ?? "";

    /// <exception cref="ExternalException">The port is taken, or nobody answers there within the time.</exception>
    public static NativeStore Open(string host, int port, bool serves, string prefix, TimeSpan timeout)
    {
        fixed (byte* hostText = Utf8(host), prefixText = Utf8(prefix))
        {
            NativeMethods.Check(NativeMethods.cde_store_open(hostText, port, serves ? 1 : 0, prefixText, (long)timeout.TotalMilliseconds, out var made));
            return new NativeStore(made);
        }
    }

    public long Add(string key, long more)
    {
        fixed (byte* keyText = Utf8(key))
        {
            NativeMethods.Check(NativeMethods.cde_store_add(Handle, keyText, more, out var value));
            return value;
        }
    }

    public void Set(string key, string text)
    {
        fixed (byte* keyText = Utf8(key), valueText = Utf8(text))
            NativeMethods.Check(NativeMethods.cde_store_set(Handle, keyText, valueText));
    }

    /// <summary>A text that some process has set; waits for it.</summary>
    public string Get(string key)
    {
        fixed (byte* keyText = Utf8(key))
        {
            NativeMethods.Check(NativeMethods.cde_store_get(Handle, keyText, out var text));
            return NativeMethods.TakeText(text);
        }
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private void Release()
    {
        if (Interlocked.Exchange(ref handle, 0) is var owned && owned != 0)
            NativeMethods.cde_store_release(owned);
    }
}
