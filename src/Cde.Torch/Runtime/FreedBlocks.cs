using TorchSharp;

namespace Cde.Torch;

/// <summary>
/// Memory of CPU tensors that the next tensors use again, for as long as something asks for it: a freed block of 64 KiB or more would go back to the system, and cost
/// a page fault for each 4 KiB when it is needed again, which is about a fifth of a training step.
/// </summary>
/// <remarks>
/// Blocks in use and blocks kept together never pass the most that was in use at once, so that keeping does not raise the peak. When the last keeper is disposed of,
/// everything kept goes back to the system. Tensors may outlive it.
/// </remarks>
public sealed class FreedBlocks : IDisposable
{
    private int keeps = 1;

    private FreedBlocks()
    {
    }

    /// <summary>Bytes of tensors in use, counted in blocks of 64 KiB or more that were made since something first asked for this.</summary>
    public static long BytesInUse => Count().InUse;

    /// <summary>Bytes that are kept for the next tensors.</summary>
    public static long BytesKept => Count().Kept;

    /// <summary>The most that was in use at once since nothing was kept.</summary>
    public static long MostBytesInUse => Count().Most;

    /// <summary>Keeps freed blocks until the result is disposed of; may be asked for several times at once.</summary>
    public static FreedBlocks Keep()
    {
        NativeMethods.Check(NativeMethods.cde_blocks_keep(1));
        return new FreedBlocks();
    }

    /// <summary>Stops; the last one returns the memory.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref keeps, 0) == 1)
            NativeMethods.Check(NativeMethods.cde_blocks_keep(-1));
    }

    private static (long InUse, long Kept, long Most) Count()
    {
        NativeMethods.cde_blocks_count(out var inUse, out var kept, out var most);
        return (inUse, kept, most);
    }
}
