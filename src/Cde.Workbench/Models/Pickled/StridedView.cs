namespace Cde.Workbench.Models.Pickled;

/// <summary>Which elements of its storage a tensor has.</summary>
internal static class StridedView
{
    /// <summary>How many elements, one behind the last of the storage that it touches, and whether they lie one after the other; null where that cannot be counted.</summary>
    public static (long Count, long Last, bool IsContiguous)? Of(PickleValue.Tensor tensor)
    {
        if (tensor.Shape.Count != tensor.Strides.Count)
            return null;
        try
        {
            checked
            {
                var (count, last, isContiguous) = (1L, tensor.Offset, true);
                for (var axis = tensor.Shape.Count - 1; axis >= 0; axis--)
                {
                    isContiguous &= tensor.Shape[axis] == 1 || tensor.Strides[axis] == count;
                    last += Math.Max(0, tensor.Shape[axis] - 1) * tensor.Strides[axis];
                    count *= tensor.Shape[axis];
                }

                return tensor.Offset < 0 ? null : count == 0 ? (0, tensor.Offset, true) : (count, last + 1, isContiguous);
            }
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The elements' places in the storage, row by row.</summary>
    public static IEnumerable<long> Indices(PickleValue.Tensor tensor)
    {
        var count = tensor.Shape.Aggregate(1L, (product, size) => product * size);
        var position = new long[tensor.Shape.Count];
        for (var (done, index) = (0L, tensor.Offset); done < count; done++)
        {
            yield return index;
            for (var axis = position.Length - 1; axis >= 0; axis--)
            {
                index += tensor.Strides[axis];
                if (++position[axis] < tensor.Shape[axis])
                    break;
                index -= tensor.Strides[axis] * tensor.Shape[axis];
                position[axis] = 0;
            }
        }
    }
}
