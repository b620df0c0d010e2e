using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)] public static partial nint cde_fused_kernels(int bfloat16, byte* name, out nint found);

    [LibraryImport(Library)] public static partial nint cde_fused_linear(byte* name, nint x, nint weight, nint bias, int activation, out nint result);

    [LibraryImport(Library)]
    public static partial nint cde_fused_measure(
        byte* name, int bfloat16, long rows, long columns, long inner, int threads, int repeats, out double seconds);

    [LibraryImport(Library)]
    public static partial nint cde_fused_product_new(byte* name, float* rows, float* bias, long count, long inner, out nint made, out long stride);

    [LibraryImport(Library)] public static partial void cde_fused_product_apply(nint product, float* vectors, long count, float* results);

    [LibraryImport(Library)] public static partial void cde_fused_product_release(nint product);

    [LibraryImport(Library)] public static partial nint cde_fused_new(NativeFusedConfig* config, byte* name, nint* weights, int count, out nint made);

    [LibraryImport(Library)] public static partial void cde_fused_release(nint encoder);

    [LibraryImport(Library)] public static partial nint cde_fused_prefix_new(nint encoder, nint* keys, nint* values, int layers, out nint made);

    [LibraryImport(Library)] public static partial void cde_fused_prefix_release(nint prefix);

    [LibraryImport(Library)]
    public static partial nint cde_fused_run(
        nint encoder, nint x, long* lengths, nint shared, nint prefix, long first, long unrotated, int threads, out nint result);

    /// <summary>As <c>cde_fused_config</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NativeFusedConfig
    {
        public long Width;
        public long Heads;
        public long Inner;
        public long RotaryHalf;
        public double RotaryBase;
        public float Epsilon;
        public int Activation;
        public int Gated;
        public int BFloat16;
    }
}
