using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Search;

/// <summary>Documents' vectors in fewer bits, in memory, and how near they are to a query.</summary>
public sealed class QuantizedMatrix
{
    private readonly byte[] _codes;
    private readonly int _stride;

    private QuantizedMatrix(byte[] codes, int stride, int count, int dimension, VectorPrecision precision, ComponentRanges? ranges) =>
        (_codes, _stride, Count, Dimension, Precision, Ranges) = (codes, stride, count, dimension, precision, ranges);

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Components of a row.</summary>
    public int Dimension { get; }

    /// <summary>Bits of a component.</summary>
    public VectorPrecision Precision { get; }

    /// <summary>The ranges that bytes are spread over; null for bits.</summary>
    public ComponentRanges? Ranges { get; }

    /// <summary>Bytes of a row.</summary>
    public int BytesPerVector => _stride;

    /// <summary>Quantizes a matrix.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="precision">Not <see cref="VectorPrecision.Float32"/>.</param>
    /// <param name="ranges">The ranges of bytes; those of the vectors themselves where null.</param>
    public static QuantizedMatrix Of(EmbeddingMatrix vectors, VectorPrecision precision, ComponentRanges? ranges = null)
    {
        if (precision == VectorPrecision.Float32)
            throw new ArgumentException("float32 vectors are not quantized; search them as they are", nameof(precision));
        ranges = precision == VectorPrecision.Binary ? null : ranges ?? ComponentRanges.Of(vectors);
        var stride = BytesOf(vectors.Dimension, precision);
        var codes = new byte[checked(vectors.Count * stride)];
        for (var row = 0; row < vectors.Count; row++)
            Encode(vectors[row], precision, ranges, codes.AsSpan(row * stride, stride));
        return new QuantizedMatrix(codes, stride, vectors.Count, vectors.Dimension, precision, ranges);
    }

    /// <summary>Bytes of a vector.</summary>
    /// <param name="dimension">Its components.</param>
    /// <param name="precision">Bits of each.</param>
    public static int BytesOf(int dimension, VectorPrecision precision) => precision switch
    {
        VectorPrecision.Float32 => 4 * dimension,
        VectorPrecision.Binary => PackedBits.Bytes(dimension),
        _ => dimension,
    };

    /// <summary>A row's codes; those of <see cref="VectorPrecision.Int8"/> are signed bytes.</summary>
    public ReadOnlySpan<byte> Row(int row) => _codes.AsSpan(row * _stride, _stride);

    /// <summary>A vector in the same form as the rows.</summary>
    public byte[] Encode(ReadOnlySpan<float> vector)
    {
        var codes = new byte[_stride];
        Encode(vector, Precision, Ranges, codes);
        return codes;
    }

    /// <summary>How near each row is to a vector in the same form: the inner product of bytes, or minus the bits that differ. Larger is nearer.</summary>
    /// <param name="query">What <see cref="Encode(ReadOnlySpan{float})"/> gave.</param>
    /// <param name="scores">Takes a score a row.</param>
    public void Score(ReadOnlySpan<byte> query, Span<int> scores)
    {
        var (wide, row) = (new int[_stride], new int[_stride]);
        Widen(query, wide);
        for (var i = 0; i < Count; i++)
        {
            if (Precision == VectorPrecision.Binary)
            {
                scores[i] = -PackedBits.Hamming(query, Row(i));
                continue;
            }

            Widen(Row(i), row);
            scores[i] = TensorPrimitives.Dot<int>(wide, row);
        }
    }

    /// <summary>The inner product of a float32 query with a row, in double.</summary>
    /// <param name="query">The query.</param>
    /// <param name="row">The row.</param>
    /// <param name="asValues">Whether codes stand for their values in the component's range (bits for -1 and 1), else for themselves (bits for 0 and 1).</param>
    public double Rescore(ReadOnlySpan<float> query, int row, bool asValues)
    {
        var codes = Row(row);
        var sum = 0.0;
        for (var i = 0; i < Dimension; i++)
            sum += (double)query[i] * Value(codes, i, asValues);
        return sum;
    }

    private double Value(ReadOnlySpan<byte> codes, int component, bool asValues) => Precision switch
    {
        VectorPrecision.Binary => PackedBits.IsSet(codes, component) ? 1 : asValues ? -1 : 0,
        VectorPrecision.Int8 when asValues => Ranges!.Low[component] + (((double)(sbyte)codes[component] + 128) * Ranges.Step(component)),
        VectorPrecision.Int8 => (sbyte)codes[component],
        // Codes are cut off: on average a value lies half a step higher.
        _ when asValues => Ranges!.Low[component] + ((codes[component] + 0.5) * Ranges.Step(component)),
        _ => codes[component],
    };

    private static void Encode(ReadOnlySpan<float> vector, VectorPrecision precision, ComponentRanges? ranges, Span<byte> codes)
    {
        if (precision == VectorPrecision.Binary)
            PackedBits.Pack(vector, codes);
        else if (precision == VectorPrecision.Uint8)
            ranges!.ToUint8(vector, codes);
        else
            ranges!.ToInt8(vector, MemoryMarshal.Cast<byte, sbyte>(codes));
    }

    private void Widen(ReadOnlySpan<byte> codes, Span<int> wide)
    {
        if (Precision == VectorPrecision.Int8)
            TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, sbyte>(codes), wide);
        else
            TensorPrimitives.ConvertChecked(codes, wide);
    }
}
