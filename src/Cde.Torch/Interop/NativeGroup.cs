using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>The connections of one process to all others: c10d's Gloo, and NCCL beside it where there is a GPU and the build has it.</summary>
internal sealed unsafe class NativeGroup
{
    private nint handle;

    private NativeGroup(nint handle) => this.handle = handle;

    public bool TakesCuda => NativeMethods.cde_group_takes_cuda(handle) != 0;

    /// <summary>Connects to every other process; all have to be at it.</summary>
    public static NativeGroup Connect(NativeStore store, int rank, int size, string address, string network, bool cuda, TimeSpan timeout)
    {
        fixed (byte* addressText = NativeStore.Utf8(address), networkText = NativeStore.Utf8(network))
        {
            NativeMethods.Check(NativeMethods.cde_group_new(store.Handle, rank, size, addressText, networkText, cuda ? 1 : 0, (long)timeout.TotalMilliseconds, out var made));
            return new NativeGroup(made);
        }
    }

    /// <summary>Starts a collective; its tensors are kept until the work is released.</summary>
    public Work Start(Collective kind, Tensor? value, Tensor? gathered, int root)
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        NativeMethods.Check(NativeMethods.cde_group_start(handle, (int)kind, value?.Handle ?? 0, gathered?.Handle ?? 0, root, out var work));
        GC.KeepAlive(value);
        GC.KeepAlive(gathered);
        return new Work(work);
    }

    /// <summary>Closes the connections; only when no collective is under way.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref handle, 0) is var owned && owned != 0)
            NativeMethods.cde_group_release(owned);
    }

    /// <summary>A collective under way. One that is never released keeps its memory: a process that is lost can leave it waiting for good.</summary>
    public readonly struct Work(nint handle)
    {
        /// <summary>Whether it is over within the time.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">It failed.</exception>
        public bool Wait(TimeSpan timeout)
        {
            NativeMethods.Check(NativeMethods.cde_work_wait(handle, (long)timeout.TotalMilliseconds, out var done));
            return done != 0;
        }

        public void Release() => NativeMethods.cde_work_release(handle);
    }
}
