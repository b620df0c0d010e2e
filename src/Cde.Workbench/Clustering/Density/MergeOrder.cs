using System.Numerics;

namespace Cde.Workbench.Clustering;

/// <summary>
/// The order in which edges merge groups. Where distances are equal (core distances often are), it decides which of two clusters takes a point between
/// them, so it is the one that the hdbscan package gets from NumPy 1.x: introsort (Musser 1997) with the median of three as pivot, insertion
/// sort below 17 elements. It is not stable, and the same on every machine.
/// </summary>
internal static class MergeOrder
{
    private const int Small = 16;

    /// <summary>The places of the keys, by rising key.</summary>
    public static int[] Of(ReadOnlySpan<double> keys)
    {
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var waiting = new Stack<(int Left, int Right, int Depth)>();
        waiting.Push((0, order.Length - 1, order.Length > 0 ? 2 * BitOperations.Log2((uint)order.Length) : 0));
        while (waiting.TryPop(out var part))
        {
            var (left, right, depth) = part;
            while (right - left > Small && depth >= 0)
            {
                var pivot = Partition(order, keys, left, right);
                depth--;
                var (low, high) = ((left, pivot - 1), (pivot + 1, right));
                var isLowSmaller = pivot - left < right - pivot;
                var (next, later) = isLowSmaller ? (low, high) : (high, low);
                waiting.Push((later.Item1, later.Item2, depth));
                (left, right) = next;
            }

            if (right - left > Small)
                HeapSort(order, keys, left, right - left + 1);
            else
                InsertionSort(order, keys, left, right);
        }

        return order;
    }

    private static int Partition(int[] order, ReadOnlySpan<double> keys, int left, int right)
    {
        var middle = left + ((right - left) >> 1);
        SwapIfLess(order, keys, middle, left);
        SwapIfLess(order, keys, right, middle);
        SwapIfLess(order, keys, middle, left);
        var pivot = keys[order[middle]];
        var (i, j) = (left, right - 1);
        Swap(order, middle, j);
        while (true)
        {
            do
                i++;
            while (keys[order[i]] < pivot);
            do
                j--;
            while (pivot < keys[order[j]]);
            if (i >= j)
                break;
            Swap(order, i, j);
        }

        Swap(order, i, right - 1);
        return i;
    }

    private static void InsertionSort(int[] order, ReadOnlySpan<double> keys, int left, int right)
    {
        for (var i = left + 1; i <= right; i++)
        {
            var moved = order[i];
            var j = i;
            for (; j > left && keys[moved] < keys[order[j - 1]]; j--)
                order[j] = order[j - 1];
            order[j] = moved;
        }
    }

    private static void HeapSort(int[] order, ReadOnlySpan<double> keys, int start, int count)
    {
        for (var root = count / 2; root >= 1; root--)
            Sink(order, keys, start, root, count);
        for (var last = count; last > 1; last--)
        {
            Swap(order, start, start + last - 1);
            Sink(order, keys, start, 1, last - 1);
        }
    }

    private static void Sink(int[] order, ReadOnlySpan<double> keys, int start, int root, int count)
    {
        for (var child = 2 * root; child <= count; child = 2 * root)
        {
            if (child < count && keys[order[start + child - 1]] < keys[order[start + child]])
                child++;
            if (!(keys[order[start + root - 1]] < keys[order[start + child - 1]]))
                return;
            Swap(order, start + root - 1, start + child - 1);
            root = child;
        }
    }

    private static void SwapIfLess(int[] order, ReadOnlySpan<double> keys, int a, int b)
    {
        if (keys[order[a]] < keys[order[b]])
            Swap(order, a, b);
    }

    private static void Swap(int[] order, int a, int b) => (order[a], order[b]) = (order[b], order[a]);
}
