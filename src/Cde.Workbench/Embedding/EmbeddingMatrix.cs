using System.Runtime.InteropServices;

namespace Cde.Workbench.Embedding;

/// <summary>
/// N vectors of width d with their ids and what they were made of. A matrix lives in memory or in a mapped file; either way a row is read
/// where it lies. Its owner disposes it.
/// </summary>
public sealed class EmbeddingMatrix : IDisposable
{
    private readonly ByteStore _vectors;
    private readonly Utf8IdList _ids;
    private readonly IDisposable? _storage;
    private readonly int _rowBytes;

    internal EmbeddingMatrix(ByteStore vectors, Utf8IdList ids, int dimension, EmbeddingProvenance provenance, IDisposable? storage = null)
    {
        (_vectors, _ids, Dimension, Provenance, _storage) = (vectors, ids, dimension, provenance, storage);
        _rowBytes = checked(dimension * sizeof(float));
    }

    /// <summary>N: how many rows.</summary>
    public int Count => _ids.Count;

    /// <summary>d: the width of a row.</summary>
    public int Dimension { get; }

    /// <summary>The id of each row. Read by position, it makes a string each time.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>What the vectors were made of.</summary>
    public EmbeddingProvenance Provenance { get; }

    /// <summary>What making it cost; null where it was opened and not made.</summary>
    public EmbeddingWork? Work { get; internal set; }

    /// <summary>A row: d numbers, L2-normalised where the provenance says so.</summary>
    public ReadOnlySpan<float> this[int row] => Rows(row, 1);

    /// <summary>A matrix in memory.</summary>
    /// <param name="ids">The id of each row.</param>
    /// <param name="values">The rows one after the other, N*d numbers. The matrix keeps this array.</param>
    /// <param name="dimension">d.</param>
    /// <param name="provenance">What the vectors were made of.</param>
    public static EmbeddingMatrix FromRows(IReadOnlyList<string> ids, float[] values, int dimension, EmbeddingProvenance provenance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (values.LongLength != (long)ids.Count * dimension)
            throw new ArgumentException($"{ids.Count} rows of {dimension} numbers expected, {values.LongLength} numbers found", nameof(values));
        return new EmbeddingMatrix(ByteStore.Of(values), Utf8IdList.From(ids), dimension, provenance);
    }

    /// <summary>Opens a saved matrix. Rows are read from the mapped file when they are asked for.</summary>
    /// <exception cref="CdeException">It is not a matrix that <see cref="Save"/> wrote.</exception>
    public static EmbeddingMatrix Open(string path) => EmbeddingMatrixFile.Open(path);

    /// <summary>Writes the matrix as safetensors: tensors "ids.offsets", "vectors" and "ids.bytes", provenance as metadata. Atomic.</summary>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public void Save(string path) => EmbeddingMatrixFile.Write(path, this);

    /// <summary>Consecutive rows: count*d numbers. At most 2^31 bytes at once.</summary>
    public ReadOnlySpan<float> Rows(int start, int count)
    {
        if (start < 0 || count < 0 || start > Count - count)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"{count} rows from there; the matrix has {Count}");
        return MemoryMarshal.Cast<byte, float>(_vectors.Slice((long)start * _rowBytes, checked(count * _rowBytes)));
    }

    /// <summary>
    /// The first <paramref name="dimension"/> columns, L2-normalised again unless told otherwise, for models trained so that a prefix of a vector is a vector
    /// (Matryoshka). In memory up to <paramref name="memoryBytes"/>, above it in a temporary file.
    /// </summary>
    /// <param name="dimension">The new width, 1 to d.</param>
    /// <param name="memoryBytes">Default: 256 MiB.</param>
    /// <param name="normalize">Whether the shorter rows get length 1.</param>
    public EmbeddingMatrix Truncate(int dimension, long memoryBytes = 256L << 20, bool normalize = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, Dimension);
        var provenance = Provenance with { TruncatedFrom = Provenance.TruncatedFrom > 0 ? Provenance.TruncatedFrom : Dimension, IsNormalized = normalize };
        using var builder = MatrixBuilder.Create(Count, dimension, row => Ids[row], provenance, memoryBytes);
        var step = Math.Max(1, (1 << 20) / _rowBytes);
        var buffer = new float[Math.Min(step, Count) * dimension];
        for (var start = 0; start < Count; start += step)
        {
            var count = Math.Min(step, Count - start);
            for (var i = 0; i < count; i++)
            {
                var target = buffer.AsSpan(i * dimension, dimension);
                this[start + i][..dimension].CopyTo(target);
                if (normalize)
                    UnitVectors.Normalize(target);
            }

            builder.Write(start, buffer.AsSpan(0, count * dimension));
        }

        return builder.Complete();
    }

    /// <summary>The ids in their stored form.</summary>
    internal Utf8IdList StoredIds => _ids;

    /// <summary>The id of a row as UTF-8, without making a string.</summary>
    internal ReadOnlySpan<byte> IdBytes(int row) => _ids.Bytes(row);

    /// <summary>Frees the memory or closes the file; a temporary file is deleted.</summary>
    public void Dispose() => _storage?.Dispose();
}
