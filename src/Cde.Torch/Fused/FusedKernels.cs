using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Fused;

/// <summary>The instruction sets that <see cref="FusedEncoder"/> computes with.</summary>
public static unsafe class FusedKernels
{
    /// <summary>
    /// The kernels used for a precision on this CPU: avx512-bf16, avx512, avx2 or generic, by a fixed rule from its features; or those that the
    /// environment variable <c>CDE_FUSED</c> names. "off" where that says so.
    /// </summary>
    public static string Chosen(bool bfloat16)
    {
        if (Override == "off")
            return "off";
        var name = Utf8(Override);
        fixed (byte* pointer = name)
        {
            NativeMethods.Check(NativeMethods.cde_fused_kernels(bfloat16 ? 1 : 0, pointer, out var found));
            return Marshal.PtrToStringUTF8(found)!;
        }
    }

    /// <summary><c>activation(x W^T + b)</c> with the named kernels: x (rows, in), weight (out, in), all float32 -> (rows, out). For tests and measurements.</summary>
    public static Tensor Linear(string kernels, Tensor x, Tensor weight, Tensor? bias, FusedActivation activation = FusedActivation.None)
    {
        fixed (byte* name = Utf8(kernels))
        {
            NativeMethods.Check(NativeMethods.cde_fused_linear(name, x.Handle, weight.Handle, bias?.Handle ?? 0, (int)activation, out var result));
            GC.KeepAlive(x);
            GC.KeepAlive(weight);
            GC.KeepAlive(bias);
            return Tensor.UnsafeCreateTensor(result);
        }
    }

    /// <summary>
    /// GFLOP/s of the kernels chosen for a precision: each of <paramref name="threads"/> threads multiplies (rows, inner) by one packed matrix
    /// (inner, columns); the fastest of <paramref name="repeats"/> rounds after one that warms up.
    /// </summary>
    public static double MeasureGigaflops(bool bfloat16, long rows, long columns, long inner, int threads, int repeats)
    {
        fixed (byte* name = Utf8(Override))
        {
            NativeMethods.Check(NativeMethods.cde_fused_measure(name, bfloat16 ? 1 : 0, rows, columns, inner, threads, repeats, out var seconds));
            return 2.0 * rows * columns * inner * threads / seconds / 1e9;
        }
    }

    internal static string? Override => Environment.GetEnvironmentVariable("CDE_FUSED") is { Length: > 0 } name ? name : null;

    internal static byte[]? Utf8(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text + "\0");
}
