using System.Runtime.InteropServices;
using TorchSharp;

namespace Cde.Torch;

/// <summary>The native library behind the tensors: what it is and how many tensors it holds.</summary>
public static class Native
{
    /// <summary>The version of libtorch, as "1.13.1".</summary>
    public static string Version => Marshal.PtrToStringUTF8(NativeMethods.cde_version()) ?? "";

    /// <summary>libtorch's own account of how it was built: BLAS, oneDNN, CPU capability; several lines.</summary>
    public static string Configuration
    {
        get
        {
            NativeMethods.Check(NativeMethods.cde_config(out var text));
            return NativeMethods.TakeText(text);
        }
    }

    /// <summary>
    /// The matrix-multiplication kernels, as "openblas:SkylakeX" or "mkl": chosen from the CPU's features, overridden by
    /// the environment variable <c>CDE_GEMM</c> (an OpenBLAS core type, or "default").
    /// </summary>
    public static string Path =>
        Marshal.PtrToStringUTF8(NativeMethods.cde_openblas_kernels()) is { } kernels ? "openblas:" + kernels
        : Configuration.Contains("BLAS_INFO=mkl", StringComparison.Ordinal) ? "mkl"
        : "generic";

    /// <summary>The file of the native library.</summary>
    public static string File
    {
        get
        {
            _ = LiveTensors;
            return NativeLoader.File!;
        }
    }

    /// <summary>How many tensor handles the process holds, counted on the native side.</summary>
    public static long LiveTensors => NativeMethods.cde_tensor_live_count();

    /// <summary>Whether the library can be loaded; if not, <paramref name="reason"/> tells why in one line.</summary>
    public static bool IsAvailable(out string? reason)
    {
        try
        {
            _ = LiveTensors;
            reason = null;
            return true;
        }
        catch (DllNotFoundException failure)
        {
            reason = failure.Message;
            return false;
        }
    }
}
