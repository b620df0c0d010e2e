using Cde.Torch;

namespace Cde.Kernels.Commands;

/// <summary>What of a result's provenance the tensor library knows.</summary>
internal static class ComputeFacts
{
    /// <summary>The provenance with libtorch's version, the matrix-multiplication path and threads; unchanged where libtorch is missing.</summary>
    public static Provenance Add(Provenance provenance) => Native.IsAvailable(out _)
        ? provenance with { Libtorch = Native.Version, GemmPath = Native.Path, Threads = Threads.IntraOp }
        : provenance;
}
