using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Cde.Workbench.Embedding.Exports;

/// <summary>
/// The file of a flat FAISS index (<c>IndexFlatIP</c>, <c>IndexFlatL2</c>), as <c>faiss.write_index</c> writes it: the exact vectors, row by row,
/// behind a header of 45 bytes. All numbers are little-endian.
/// </summary>
/// <remarks>
/// <code>
/// byte  0  4  "IxFI" (inner product) or "IxF2" (squared Euclidean distance)
///       4  4  d, int32
///       8  8  N, int64
///      16  8  1048576, unused
///      24  8  1048576, unused
///      32  1  1: trained
///      33  4  the metric, int32: 0 or 1
///      37  8  how many floats follow, uint64: N d
///      45     the vectors, float32
/// </code>
/// The file has no ids: FAISS answers with row numbers.
/// </remarks>
public sealed class FaissFlatFile : IDisposable
{
    /// <summary>The largest width that is read.</summary>
    public const int MaxDimension = 1 << 20;

    private const int HeaderBytes = 45;
    private const long Unused = 1 << 20;
    private const int ChunkBytes = 1 << 20;
    private readonly MappedFile _file;

    private FaissFlatFile(MappedFile file, FaissMetric metric, int dimension, int count) =>
        (_file, Metric, Dimension, Count) = (file, metric, dimension, count);

    /// <summary>What the index compares by.</summary>
    public FaissMetric Metric { get; }

    /// <summary>d: the width of a vector.</summary>
    public int Dimension { get; }

    /// <summary>N: how many vectors there are.</summary>
    public int Count { get; }

    /// <summary>A vector, read where it lies in the mapped file.</summary>
    public ReadOnlySpan<float> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
            return MemoryMarshal.Cast<byte, float>(_file.Slice(HeaderBytes + ((long)row * Dimension * sizeof(float)), Dimension * sizeof(float)));
        }
    }

    /// <summary>Maps an index file and checks its header against its length.</summary>
    /// <exception cref="CdeException">It is absent, of another kind, or breaks the layout: byte and rule.</exception>
    public static FaissFlatFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return Read(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes vectors as an index file. Atomic.</summary>
    /// <param name="path">The file.</param>
    /// <param name="matrix">The vectors, in the order that FAISS numbers them.</param>
    /// <param name="metric">What FAISS shall compare by.</param>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void Write(string path, EmbeddingMatrix matrix, FaissMetric metric = FaissMetric.InnerProduct) => AtomicFile.Write(path, stream =>
    {
        stream.Write(Header(matrix.Count, matrix.Dimension, metric));
        var step = Math.Max(1, ChunkBytes / (matrix.Dimension * sizeof(float)));
        for (var row = 0; row < matrix.Count; row += step)
            stream.Write(MemoryMarshal.AsBytes(matrix.Rows(row, Math.Min(step, matrix.Count - row))));
    });

    /// <summary>The vectors as a matrix, which owns the file from then on.</summary>
    /// <param name="ids">The id of each row.</param>
    /// <param name="provenance">What the vectors were made of.</param>
    /// <exception cref="CdeException">There is not one id for each row.</exception>
    public EmbeddingMatrix ToMatrix(IReadOnlyList<string> ids, EmbeddingProvenance provenance) => ids.Count == Count
        ? new EmbeddingMatrix(new Vectors(_file), Utf8IdList.From(ids), Dimension, provenance, this)
        : throw new CdeException($"{_file.Path} has {Count} vectors, but there are {ids.Count} ids; ids and index must be of one export");

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static FaissFlatFile Read(MappedFile file)
    {
        CdeException Refuse(int at, string rule) => new(string.Create(CultureInfo.InvariantCulture, $"{file.Path} byte {at}: {rule}"));
        if (file.Length < HeaderBytes)
            throw Refuse((int)file.Length, $"the file ends; a flat FAISS index has a header of {HeaderBytes} bytes");
        var header = file.Slice(0, HeaderBytes);
        var metric = header[..4] switch
        {
            [0x49, 0x78, 0x46, 0x49] => FaissMetric.InnerProduct, // IxFI
            [0x49, 0x78, 0x46, 0x32] => FaissMetric.SquaredEuclidean, // IxF2
            var other => throw Refuse(0, $"the index is of kind \"{Printable(other)}\" (expected \"IxFI\", IndexFlatIP, or \"IxF2\", IndexFlatL2); write a flat index with faiss"),
        };
        var dimension = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (dimension is < 1 or > MaxDimension)
            throw Refuse(4, $"the width is {dimension} (expected 1 to {MaxDimension})");
        var count = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        if (count is < 0 or > int.MaxValue)
            throw Refuse(8, $"the number of vectors is {count} (expected 0 to {int.MaxValue})");
        if (header[32] != 1)
            throw Refuse(32, $"the flag \"trained\" is {header[32]} (expected 1)");
        var named = BinaryPrimitives.ReadInt32LittleEndian(header[33..]);
        if (named != (int)metric)
            throw Refuse(33, $"the metric is {named} (expected {(int)metric} for \"{Printable(header[..4])}\")");
        var floats = BinaryPrimitives.ReadUInt64LittleEndian(header[37..]);
        if (floats != (ulong)(count * dimension))
            throw Refuse(37, $"{floats} numbers follow (expected {count * dimension}: {count} vectors of width {dimension})");
        var end = HeaderBytes + (count * dimension * sizeof(float));
        return file.Length == end
            ? new FaissFlatFile(file, metric, dimension, (int)count)
            : throw new CdeException($"{file.Path} byte {Math.Min(file.Length, end)}: the file has {file.Length} bytes (expected {end} for {count} vectors of width {dimension})");
    }

    private static byte[] Header(long count, int dimension, FaissMetric metric)
    {
        var header = new byte[HeaderBytes];
        Encoding.ASCII.GetBytes(metric == FaissMetric.InnerProduct ? "IxFI" : "IxF2", header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), dimension);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), Unused);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), Unused);
        header[32] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(33), (int)metric);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(37), count * dimension);
        return header;
    }

    private static string Printable(ReadOnlySpan<byte> name) =>
        string.Concat(name.ToArray().Select(letter => letter is >= 0x20 and < 0x7F ? ((char)letter).ToString() : $"\\x{letter:x2}"));

    private sealed class Vectors(MappedFile file) : ByteStore
    {
        public override ReadOnlySpan<byte> Slice(long start, int count) => file.Slice(HeaderBytes + start, count);
    }
}
