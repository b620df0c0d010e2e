using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cde.Workbench.Clustering;

/// <summary>
/// The squared Euclidean distance of two vectors of singles: differences and sums in double, in sixteen lanes of a fixed order, so that it is the
/// same on every processor.
/// </summary>
internal static class ExactDistance
{
    private const int Lanes = 16;

    /// <summary>|a - b|^2.</summary>
    public static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b[..a.Length]);
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            sum0 += Square(ref left, ref right, i);
            sum1 += Square(ref left, ref right, i + 4);
            sum2 += Square(ref left, ref right, i + 8);
            sum3 += Square(ref left, ref right, i + 12);
        }

        var sums = sum0 + sum1 + (sum2 + sum3);
        var total = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; i < a.Length; i++)
        {
            var difference = (double)a[i] - b[i];
            total += difference * difference;
        }

        return total;
    }

    private static Vector256<double> Square(ref float a, ref float b, int index)
    {
        var difference = Four(ref a, index) - Four(ref b, index);
        return difference * difference;
    }

    private static Vector256<double> Four(ref float values, int index) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref values, (nuint)index).ToVector256Unsafe());
}
