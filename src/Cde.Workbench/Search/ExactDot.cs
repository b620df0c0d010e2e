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
            sum0 += Four(ref left, i) * Four(ref right, i);
            sum1 += Four(ref left, i + 4) * Four(ref right, i + 4);
            sum2 += Four(ref left, i + 8) * Four(ref right, i + 8);
            sum3 += Four(ref left, i + 12) * Four(ref right, i + 12);
        }

        var sums = sum0 + sum1 + (sum2 + sum3);
        var total = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; i < a.Length; i++)
            total += (double)a[i] * b[i];
        return total;
    }

    private static Vector256<double> Four(ref float values, int index) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref values, (nuint)index).ToVector256Unsafe());
}
