using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding;

/// <summary>
/// The file of a matrix: safetensors with <c>ids.offsets</c> (I64, N+1: where each id starts, and where the last one ends), <c>vectors</c>
/// (F32, N x d) and <c>ids.bytes</c> (U8: the ids as UTF-8, one after the other). Provenance is its metadata.
/// </summary>
internal static class EmbeddingMatrixFile
{
    /// <summary>Names the layout; a change of it changes every cache key.</summary>
    public const string Format = "cde-embeddings-1";

    private const string Offsets = "ids.offsets";
    private const string Vectors = "vectors";
    private const string Ids = "ids.bytes";
    private const int ChunkBytes = 1 << 20;

    /// <summary>Writes a whole matrix. Atomic.</summary>
    public static void Write(string path, EmbeddingMatrix matrix) => SafetensorsWriter.Write(
        path,
        Layout(matrix.Count, matrix.Dimension, matrix.StoredIds.ByteCount, matrix.StoredIds.WriteOffsets, stream => WriteRows(stream, matrix), matrix.StoredIds.WriteBytes),
        matrix.Provenance.ToMetadata());

    /// <summary>Writes a file but for its rows, in one pass over the ids and constant memory.</summary>
    /// <param name="stream">An empty, seekable stream.</param>
    /// <param name="count">N.</param>
    /// <param name="dimension">d.</param>
    /// <param name="id">The id of a row; each is asked for once, in order.</param>
    /// <param name="provenance">The metadata.</param>
    /// <returns>Where row 0 begins.</returns>
    public static long WriteFrame(FileStream stream, int count, int dimension, Func<int, string> id, EmbeddingProvenance provenance)
    {
        // The header holds the length of all ids, which is known last: its place is kept at the size that the longest length would take.
        var headerBytes = Header(count, dimension, long.MaxValue / 4, provenance).Length;
        stream.Position = headerBytes;
        using var ids = new FileStream(
            stream.Name + ".ids", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using var offsets = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        offsets.Write(ids.Position);
        for (var row = 0; row < count; row++)
        {
            ids.Write(Encoding.UTF8.GetBytes(id(row)));
            offsets.Write(ids.Position);
        }

        var rowsAt = stream.Position;
        var idBytes = ids.Position;
        stream.Position = rowsAt + ((long)count * dimension * sizeof(float));
        ids.Position = 0;
        ids.CopyTo(stream);
        stream.SetLength(stream.Position);
        stream.Position = 0;
        stream.Write(Header(count, dimension, idBytes, provenance, headerBytes));
        return rowsAt;
    }

    /// <summary>Maps a matrix file.</summary>
    /// <exception cref="CdeException">It is not one.</exception>
    public static EmbeddingMatrix Open(string path, bool deleteOnDispose = false)
    {
        var file = SafetensorsFile.Open(path);
        try
        {
            if (!file.Metadata.TryGetValue("format", out var format) || format != Format)
                throw new CdeException($"{path} is not an embedding matrix: its metadata \"format\" is not {Format}; embed again");
            var shape = Entry(file, Vectors, SafetensorsDtype.F32, 2).Shape;
            if (shape[0] > int.MaxValue || shape[1] is < 1 or > int.MaxValue / sizeof(float))
                throw new CdeException($"{path}: tensor {Vectors} is {shape[0]} x {shape[1]} (expected at most 2^31 - 1 rows and at least 1 column)");
            var count = (int)shape[0];
            if (Entry(file, Offsets, SafetensorsDtype.I64, 1).Shape[0] is var offsets && offsets != count + 1L)
                throw new CdeException($"{path}: tensor {Offsets} has {offsets} entries (expected {count + 1L}, one more than there are rows)");
            var idBytes = Entry(file, Ids, SafetensorsDtype.U8, 1).Length;
            var ids = new Utf8IdList(ByteStore.Of(file, Offsets), ByteStore.Of(file, Ids), count);
            if (!ids.OffsetsAreSound(idBytes))
                throw new CdeException($"{path}: tensor {Offsets} must rise from 0 to {idBytes}, the length of {Ids}; embed again");
            var provenance = EmbeddingProvenance.FromMetadata(file.Metadata, path);
            return new EmbeddingMatrix(ByteStore.Of(file, Vectors), ids, (int)shape[1], provenance, new OpenFile(file, deleteOnDispose));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static SafetensorsItem[] Layout(
        int count, int dimension, long idBytes, Action<Stream> offsets, Action<Stream> vectors, Action<Stream> ids) =>
    [
        SafetensorsItem.FromWriter(Offsets, SafetensorsDtype.I64, [count + 1L], offsets),
        SafetensorsItem.FromWriter(Vectors, SafetensorsDtype.F32, [count, dimension], vectors),
        SafetensorsItem.FromWriter(Ids, SafetensorsDtype.U8, [idBytes], ids),
    ];

    /// <summary>The header, with blanks after it up to a length.</summary>
    private static byte[] Header(int count, int dimension, long idBytes, EmbeddingProvenance provenance, int length = 0)
    {
        var header = SafetensorsWriter.Header([.. Layout(count, dimension, idBytes, _ => { }, _ => { }, _ => { })], provenance.ToMetadata());
        if (header.Length >= length)
            return header;
        var padded = new byte[length];
        header.CopyTo(padded, 0);
        padded.AsSpan(header.Length).Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(padded, length - sizeof(long));
        return padded;
    }

    private static void WriteRows(Stream stream, EmbeddingMatrix matrix)
    {
        var step = Math.Max(1, ChunkBytes / (matrix.Dimension * sizeof(float)));
        for (var row = 0; row < matrix.Count; row += step)
            stream.Write(MemoryMarshal.AsBytes(matrix.Rows(row, Math.Min(step, matrix.Count - row))));
    }

    private static SafetensorsEntry Entry(SafetensorsFile file, string name, SafetensorsDtype dtype, int rank)
    {
        if (!file.Entries.TryGetValue(name, out var entry))
            throw new CdeException($"{file.Path}: tensor {name} is missing; an embedding matrix has {Offsets}, {Vectors} and {Ids}");
        return entry.Dtype == dtype && entry.Shape.Count == rank
            ? entry
            : throw new CdeException(
                $"{file.Path}: tensor {name} is {entry.Dtype} with {entry.Shape.Count} dimensions (expected {dtype} with {rank}); embed again");
    }

    private sealed class OpenFile : IDisposable
    {
        private readonly SafetensorsFile _file;
        private readonly bool _deleteLater;

        public OpenFile(SafetensorsFile file, bool delete)
        {
            _file = file;
            _deleteLater = delete && OperatingSystem.IsWindows();
            if (delete && !_deleteLater)
                File.Delete(file.Path); // the mapping keeps the content, and a killed process leaves nothing behind
        }

        public void Dispose()
        {
            _file.Dispose();
            if (_deleteLater)
                File.Delete(_file.Path);
        }
    }
}
