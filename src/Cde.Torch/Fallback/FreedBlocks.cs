namespace Cde.Torch;

/// <summary>Memory of CPU tensors that the next tensors use again: TorchSharp leaves it to libtorch, so that nothing is kept.</summary>
public sealed class FreedBlocks : IDisposable
{
    private FreedBlocks()
    {
    }

    /// <summary>Bytes of tensors in use: not counted, 0.</summary>
    public static long BytesInUse => 0;

    /// <summary>Bytes that are kept for the next tensors: 0.</summary>
    public static long BytesKept => 0;

    /// <summary>The most that was in use at once: not counted, 0.</summary>
    public static long MostBytesInUse => 0;

    /// <summary>Changes nothing.</summary>
    public static FreedBlocks Keep() => new();

    /// <summary>Changes nothing.</summary>
    public void Dispose()
    {
    }
}
