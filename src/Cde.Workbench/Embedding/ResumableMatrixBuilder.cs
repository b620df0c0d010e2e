using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Builds a matrix file under a temporary name, with a journal beside it. What a stopped or killed run had flushed, the next builder of the
/// same key finds, checks against the journal's hashes and keeps.
/// </summary>
internal sealed class ResumableMatrixBuilder : MatrixBuilder
{
    private readonly string _path;
    private readonly int _rowBytes;
    private readonly Action<string> _beforeRename;
    private readonly SafeFileHandle _file;
    private readonly EmbeddingJournal _journal;

    /// <param name="path">The finished file.</param>
    /// <param name="key">What the matrix is made of; work of another key is thrown away.</param>
    /// <param name="count">N.</param>
    /// <param name="dimension">d.</param>
    /// <param name="id">The id of a row.</param>
    /// <param name="provenance">Its metadata.</param>
    /// <param name="beforeRename">Called with the whole, flushed file before it gets its name.</param>
    public ResumableMatrixBuilder(
        string path, string key, int count, int dimension, Func<int, string> id, EmbeddingProvenance provenance, Action<string> beforeRename)
    {
        (_path, _beforeRename) = (path, beforeRename);
        _rowBytes = checked(dimension * sizeof(float));
        if (File.Exists(PartialPath) && EmbeddingJournal.TryOpen(JournalPath, key) is { } journal)
        {
            _journal = journal;
            _file = File.OpenHandle(PartialPath, FileMode.Open, FileAccess.ReadWrite);
            _journal.KeepWhile(window => HashOnDisk(window) == window.Sha256);
            return;
        }

        long rowsAt;
        using (var stream = new FileStream(PartialPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
        {
            rowsAt = EmbeddingMatrixFile.WriteFrame(stream, count, dimension, id, provenance);
            stream.Flush(flushToDisk: true);
        }

        _journal = EmbeddingJournal.Create(JournalPath, key, rowsAt);
        _file = File.OpenHandle(PartialPath, FileMode.Open, FileAccess.ReadWrite);
    }

    public override int FinishedRows => _journal.FinishedRows;

    private string PartialPath => _path + ".partial";

    private string JournalPath => _path + ".journal";

    public override int Resume(int start, string planHash, Span<float> window)
    {
        var bytes = MemoryMarshal.AsBytes(window);
        if (_journal.Unfinished is not { } left || left.Start != start || left.PlanHash != planHash || (long)left.Count * _rowBytes != bytes.Length)
            return 0;
        if (ReadFully(OffsetOf(start), bytes) && ContentHash.OfBytes(bytes) == left.Sha256)
            return left.Batches;
        window.Clear();
        return 0;
    }

    public override void Checkpoint(int start, int batchesDone, string planHash, ReadOnlySpan<float> window) =>
        Add(start, window, batchesDone, planHash);

    public override void Write(int start, ReadOnlySpan<float> window) => Add(start, window, JournalWindow.AllBatches, "-");

    public override EmbeddingMatrix Complete()
    {
        Dispose();
        _beforeRename(PartialPath);
        File.Move(PartialPath, _path, overwrite: true);
        File.Delete(JournalPath);
        return EmbeddingMatrixFile.Open(_path);
    }

    public override void Dispose()
    {
        _file.Dispose();
        _journal.Dispose();
    }

    private void Add(int start, ReadOnlySpan<float> window, int batches, string planHash)
    {
        var bytes = MemoryMarshal.AsBytes(window);
        RandomAccess.Write(_file, bytes, OffsetOf(start));
        RandomAccess.FlushToDisk(_file);
        _journal.Add(new JournalWindow(start, bytes.Length / _rowBytes, batches, planHash, ContentHash.OfBytes(bytes)));
    }

    private long OffsetOf(int row) => _journal.RowsAt + ((long)row * _rowBytes);

    private string? HashOnDisk(JournalWindow window)
    {
        var bytes = new byte[(long)window.Count * _rowBytes];
        return ReadFully(OffsetOf(window.Start), bytes) ? ContentHash.OfBytes(bytes) : null;
    }

    private bool ReadFully(long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0)
                return false;
            bytes = bytes[read..];
            offset += read;
        }

        return true;
    }
}
