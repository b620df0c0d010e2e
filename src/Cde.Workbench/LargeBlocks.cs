using System.Runtime.InteropServices;

namespace Cde.Workbench;

/// <summary>
/// How the C library keeps the memory of tensors. glibc raises the size from which a block is mapped by itself up to 32 MiB as blocks are freed; below it they
/// are cut from one heap, which tensors of ever changing length leave in pieces.
/// </summary>
internal sealed partial class LargeBlocks : IDisposable
{
    /// <summary>From here a block is mapped by itself. Below it page faults cost more than the pieces do.</summary>
    private const int Bytes = 1 << 20;

    private const int MapThreshold = -3; // M_MMAP_THRESHOLD

#if TORCH_SYSTEM
    private readonly Cde.Torch.FreedBlocks freed = Cde.Torch.FreedBlocks.Keep();
#endif

    private LargeBlocks()
    {
    }

    /// <summary>
    /// For a training run: until the result is disposed of, memory of freed tensors serves the next ones (<c>FreedBlocks</c>), and what is not kept goes back to the
    /// system, in blocks of a mebibyte or more for good. So the memory of a step is what it holds at most: measured on a cached step of 8,192 pairs, the second part
    /// alone lowers the peak from 949 to 620 MiB. Where the C library has no such setting, or the tensors are of TorchSharp's packages, that part does nothing.
    /// </summary>
    public static LargeBlocks Reuse()
    {
        ReturnWhenFreed();
        return new LargeBlocks();
    }

    /// <summary>Returns what is kept.</summary>
    public void Dispose()
    {
#if TORCH_SYSTEM
        freed.Dispose();
#endif
    }

    private static void ReturnWhenFreed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(MapThreshold, Bytes);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no mallopt, and returns large blocks by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
