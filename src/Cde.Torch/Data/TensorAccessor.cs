using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor in main memory, in row-major order whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor tensor;
    private readonly T* first;
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(Tensor tensor)
    {
        this.tensor = tensor;
        sizes = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
        first = (T*)tensor.DataPointer;
    }

    /// <summary>How many elements there are.</summary>
    public long Count { get; }

    /// <summary>Whether elements can only be read: never.</summary>
    public bool IsReadOnly => false;

    /// <summary>One element by its position in each dimension.</summary>
    /// <exception cref="IndexOutOfRangeException">A position is outside its dimension.</exception>
    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    /// <summary>A copy of the elements.</summary>
    /// <exception cref="NotSupportedException">There are more elements than an array can hold.</exception>
    public T[] ToArray()
    {
        if (Count > Array.MaxLength)
            throw new NotSupportedException($"{Count} elements do not fit an array");
        var copy = GC.AllocateUninitializedArray<T>((int)Count);
        CopyTo(copy.AsSpan());
        return copy;
    }

    /// <summary>A copy of the elements in an array of the tensor's shape; a single element for no dimensions.</summary>
    public Array ToNDArray()
    {
        var copy = sizes.Length == 0 ? Array.CreateInstance(typeof(T), 1) : Array.CreateInstance(typeof(T), sizes);
        if (copy.Length > 0)
        {
            fixed (byte* target = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(copy))
                CopyTo(new Span<T>(target, copy.Length));
        }

        return copy;
    }

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on to an array from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on to a span from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (contiguous)
        {
            new ReadOnlySpan<T>(first + tensorIndex, count).CopyTo(target);
        }
        else
        {
            for (var i = 0; i < count; i++)
                target[i] = first[OffsetOf(tensorIndex + i)];
        }

        GC.KeepAlive(tensor);
    }

    /// <summary>Copies an array from <paramref name="arrayIndex"/> on to the elements from <paramref name="tensorIndex"/> on.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Copies a span from <paramref name="arrayIndex"/> on to the elements from <paramref name="tensorIndex"/> on.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Count - tensorIndex);
        for (var i = 0; i < count; i++)
            first[contiguous ? tensorIndex + i : OffsetOf(tensorIndex + i)] = source[i];
        GC.KeepAlive(tensor);
    }

    /// <summary>The elements in row-major order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return Element(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the other accessor shows equal elements.</summary>
    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && Count == other.Count && this.SequenceEqual(other);

    /// <summary>A hash of the tensor's identity.</summary>
    public override int GetHashCode() => tensor.GetHashCode();

    /// <summary>Whether two accessors show equal elements.</summary>
    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Equals(right);

    /// <summary>Whether two accessors show different elements.</summary>
    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !left.Equals(right);

    /// <summary>Does nothing: the tensor stays with its owner.</summary>
    public void Dispose()
    {
    }

    private T Element(long index)
    {
        var value = first[OffsetOf(index)];
        GC.KeepAlive(tensor);
        return value;
    }

    private T* At(long[] indices)
    {
        if (indices.Length != sizes.Length)
            throw new ArgumentException($"{indices.Length} positions for {sizes.Length} dimensions");
        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= sizes[i])
                throw new IndexOutOfRangeException($"position {indices[i]} in dimension {i} of size {sizes[i]}");
            offset += indices[i] * strides[i];
        }

        return first + offset;
    }

    private long OffsetOf(long index)
    {
        long offset = 0;
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            (index, var position) = Math.DivRem(index, sizes[i]);
            offset += position * strides[i];
        }

        return offset;
    }
}
