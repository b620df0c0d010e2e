using System.Diagnostics;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>The fastest matrix product found: what every other rate is a share of.</summary>
/// <param name="Precision">float32 or bfloat16.</param>
/// <param name="Gigaflops">The fastest of all, in GFLOP/s.</param>
/// <param name="By">Which path reached it.</param>
/// <param name="Shape">At which sizes.</param>
/// <param name="LibtorchGigaflops">The fastest through libtorch's own product.</param>
/// <param name="PackedGigaflops">The fastest through a packed linear layer (oneDNN where it has a kernel).</param>
/// <param name="FusedGigaflops">The fastest through the fused layers' product; null where they are off.</param>
public sealed record GemmPeak(string Precision, double Gigaflops, string By, string Shape, double LibtorchGigaflops, double PackedGigaflops, double? FusedGigaflops)
{
    /// <summary>Rows, columns and inner size: square ones, and an encoder's.</summary>
    internal static readonly (long Rows, long Columns, long Inner)[] AllSizes =
        [(1024, 1024, 1024), (2048, 2048, 2048), (4096, 768, 768), (4096, 3072, 768), (4096, 768, 3072), (4096, 1536, 384)];

    /// <summary>Two of them.</summary>
    internal static readonly (long Rows, long Columns, long Inner)[] FewSizes = [(1024, 1024, 1024), (4096, 1536, 384)];

    /// <summary>Measures it: the fastest of several rounds at each size.</summary>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="sizes">Rows, columns and inner size of each product.</param>
    /// <param name="repeats">Rounds at each size.</param>
    /// <param name="cancellation">Stops between sizes.</param>
    internal static GemmPeak Measure(ScalarType precision, IReadOnlyList<(long Rows, long Columns, long Inner)> sizes, int repeats, CancellationToken cancellation)
    {
        var (plain, packed, fused) = (new Best("libtorch"), new Best("packed"), new Best("fused"));
        foreach (var size in sizes)
        {
            cancellation.ThrowIfCancellationRequested();
            plain.Take(size, () => Libtorch(size, precision, repeats));
            packed.Take(size, () => Packed(size, precision, repeats));
            fused.Take(size, () => Fused(size, precision, repeats));
        }

        var best = new[] { plain, packed, fused }.MaxBy(found => found.Rate)!;
        return new GemmPeak(precision.ToString().ToLowerInvariant(), best.Rate, best.Path, best.Shape, plain.Rate, packed.Rate, fused.Rate > 0 ? fused.Rate : null);
    }

    private static double Libtorch((long Rows, long Columns, long Inner) size, ScalarType precision, int repeats)
    {
        using var scope = NewDisposeScope();
        var left = rand(size.Rows, size.Inner).to_type(precision);
        var right = rand(size.Inner, size.Columns).to_type(precision);
        return Rate(size, Fastest(repeats, () => matmul(left, right)));
    }

    private static double Packed((long Rows, long Columns, long Inner) size, ScalarType precision, int repeats)
    {
        using var scope = NewDisposeScope();
        var left = rand(size.Rows, size.Inner).to_type(precision);
        using var layer = new Cde.Torch.PackedLinear(rand(size.Columns, size.Inner), null, precision: precision);
        return Rate(size, Fastest(repeats, () => layer.Apply(left)));
    }

    private static double Fastest(int repeats, Func<Tensor> multiply)
    {
        using var mode = no_grad();
        var fastest = double.PositiveInfinity;
        for (var round = 0; round <= repeats; round++)
        {
            var started = Stopwatch.GetTimestamp();
            multiply().Dispose();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (round > 0 || seconds > 1) // the first one warms up, unless one is already long
                fastest = Math.Min(fastest, seconds);
            if (seconds > 1)
                break;
        }

        return fastest;
    }

    private static double Rate((long Rows, long Columns, long Inner) size, double seconds) => 2.0 * size.Rows * size.Columns * size.Inner / seconds / 1e9;

    private static double? Fused((long Rows, long Columns, long Inner) size, ScalarType precision, int repeats)
    {
#if TORCH_SYSTEM
        if (Cde.Workbench.Models.FusedInference.Kernels(precision) is null)
            return null;
        var threads = get_num_threads();
        return Cde.Torch.Fused.FusedKernels.MeasureGigaflops(precision == ScalarType.BFloat16, size.Rows / threads, size.Columns, size.Inner, threads, repeats);
#else
        return null;
#endif
    }

    /// <summary>The fastest size of one path.</summary>
    private sealed class Best(string path)
    {
        /// <summary>Below this a path has no fast product, and the first size has told it.</summary>
        private const double Slow = 20;

        public string Path { get; } = path;

        public double Rate { get; private set; }

        public string Shape { get; private set; } = "";

        public void Take((long Rows, long Columns, long Inner) size, Func<double?> measure)
        {
            if (Rate is > 0 and < Slow || measure() is not { } rate || rate <= Rate)
                return;
            (Rate, Shape) = (rate, $"{size.Rows} x {size.Inner} x {size.Columns}");
        }
    }
}
