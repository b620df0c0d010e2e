using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cde.Workbench.Search;

/// <summary>
/// The inner product that scores are made of. The product of two singles is exact in double, and the sums run in sixteen lanes of a fixed
/// order: the result is the same on every processor.
/// </summary>
internal static class ExactDot
{
    private const int Lanes = 16;

    /// <summary>The inner product of two vectors of one length.</summary>
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b[..a.Length]);
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            var (a0, a1) = Vector256.Widen(Vector256.LoadUnsafe(ref left, (nuint)i));
            var (a2, a3) = Vector256.Widen(Vector256.LoadUnsafe(ref left, (nuint)i + 8));
            var (b0, b1) = Vector256.Widen(Vector256.LoadUnsafe(ref right, (nuint)i));
            var (b2, b3) = Vector256.Widen(Vector256.LoadUnsafe(ref right, (nuint)i + 8));
            sum0 += a0 * b0;
            sum1 += a1 * b1;
            sum2 += a2 * b2;
            sum3 += a3 * b3;
        }

        var sums = sum0 + sum1 + (sum2 + sum3);
        var total = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; i < a.Length; i++)
            total += (double)a[i] * b[i];
        return total;
    }
}
