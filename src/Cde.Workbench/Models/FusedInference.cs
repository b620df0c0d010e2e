using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// Whether encoders compute their layers fused (packed weights, no padding, one thread a group of texts) where they can: on the CPU, without
/// gradients. Vectors agree with the unfused path within 1e-4. On by default; the environment variable <c>CDE_FUSED=off</c> turns it off for a process.
/// </summary>
public static class FusedInference
{
    [ThreadStatic]
    private static int off;

    /// <summary>Whether this thread may take the fused path.</summary>
    public static bool IsOn => off == 0;

    /// <summary>Turns the fused path off on this thread until the result is disposed.</summary>
    public static IDisposable Off() => new Scope();

    /// <summary>The instruction set of the fused path at a precision, such as <c>avx2</c>; null where there is no such path here.</summary>
    public static string? Kernels(ScalarType precision)
    {
#if TORCH_SYSTEM
        return Cde.Torch.Fused.FusedKernels.Chosen(precision == ScalarType.BFloat16) is var name and not "off" ? name : null;
#else
        return null;
#endif
    }

    private sealed class Scope : IDisposable
    {
        private bool isDisposed;

        public Scope() => off++;

        public void Dispose()
        {
            if (!isDisposed)
                off--;
            isDisposed = true;
        }
    }
}
