using System.Numerics;
using System.Runtime.InteropServices;

namespace Cde.Workbench.Clustering;

/// <summary>The two largest of many numbers.</summary>
internal static class TopTwo
{
    private static readonly int Lanes = Vector<float>.Count;

    /// <summary>The largest of the numbers, and the largest of the others: the same where two are largest. Minus infinity where there are too few.</summary>
    public static (float Largest, float Second) Of(ReadOnlySpan<float> values)
    {
        var (largest, second) = (float.NegativeInfinity, float.NegativeInfinity);
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        if (values.Length >= 4 * Lanes)
        {
            // Two chains, so that one does not wait for the other.
            Vector<float> most0 = new(float.NegativeInfinity), most1 = most0, next0 = most0, next1 = most0;
            for (; i <= values.Length - (2 * Lanes); i += 2 * Lanes)
            {
                var value0 = Vector.LoadUnsafe(ref first, (nuint)i);
                var value1 = Vector.LoadUnsafe(ref first, (nuint)(i + Lanes));
                next0 = Vector.MaxNative(next0, Vector.MinNative(most0, value0));
                most0 = Vector.MaxNative(most0, value0);
                next1 = Vector.MaxNative(next1, Vector.MinNative(most1, value1));
                most1 = Vector.MaxNative(most1, value1);
            }

            var next = Vector.MaxNative(Vector.MaxNative(next0, next1), Vector.MinNative(most0, most1));
            Span<float> lanes = stackalloc float[2 * Lanes];
            Vector.MaxNative(most0, most1).CopyTo(lanes);
            next.CopyTo(lanes[Lanes..]);
            foreach (var value in lanes)
                Take(value, ref largest, ref second);
        }

        for (; i < values.Length; i++)
            Take(values[i], ref largest, ref second);
        return (largest, second);
    }

    private static void Take(float value, ref float largest, ref float second)
    {
        if (value > largest)
            (largest, second) = (value, largest);
        else if (value > second)
            second = value;
    }
}
