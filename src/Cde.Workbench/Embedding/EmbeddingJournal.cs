using System.Globalization;
using System.Text;

namespace Cde.Workbench.Embedding;

/// <summary>What an embedding run has flushed to disk: one line a window, appended after the window's vectors are safe.</summary>
internal sealed class EmbeddingJournal : IDisposable
{
    private const string Magic = "cde-embedding-journal-1";
    private readonly FileStream _stream;
    private readonly List<JournalWindow> _finished = [];

    private readonly string _firstLine;

    private EmbeddingJournal(FileStream stream, string firstLine, long rowsAt) => (_stream, _firstLine, RowsAt) = (stream, firstLine, rowsAt);

    /// <summary>Where row 0 begins in the matrix file.</summary>
    public long RowsAt { get; }

    /// <summary>How many rows from the start lie in finished windows.</summary>
    public int FinishedRows => _finished.Count == 0 ? 0 : _finished[^1].End;

    /// <summary>The window after those, where a run was stopped within it.</summary>
    public JournalWindow? Unfinished { get; private set; }

    /// <summary>Begins a journal, in place of any other.</summary>
    public static EmbeddingJournal Create(string path, string key, long rowsAt)
    {
        var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        var journal = new EmbeddingJournal(stream, string.Create(CultureInfo.InvariantCulture, $"{Magic} {key} {rowsAt}"), rowsAt);
        journal.Rewrite();
        return journal;
    }

    /// <summary>Goes on with a journal; null where it is not one of this key. A line that is cut short or follows no other is the end.</summary>
    public static EmbeddingJournal? TryOpen(string path, string key)
    {
        if (!File.Exists(path))
            return null;
        var lines = File.ReadAllText(path).Split('\n')[..^1]; // what follows the last line end was cut short
        if (lines.Length == 0 || lines[0].Split(' ') is not [Magic, var writtenKey, var rowsAt] || writtenKey != key
            || !long.TryParse(rowsAt, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return null;
        }

        var journal = new EmbeddingJournal(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read), lines[0], offset);
        foreach (var line in lines.Skip(1))
        {
            if (JournalWindow.Parse(line) is not { } window || window.Start != journal.FinishedRows)
                break;
            journal.Take(window);
        }

        journal.Rewrite();
        return journal;
    }

    /// <summary>Drops the first finished window that does not pass, and all after it.</summary>
    public void KeepWhile(Predicate<JournalWindow> isSound)
    {
        var first = _finished.FindIndex(window => !isSound(window));
        if (first < 0)
            return;
        _finished.RemoveRange(first, _finished.Count - first);
        Unfinished = null;
        Rewrite();
    }

    /// <summary>Notes a window; its vectors must have been flushed before.</summary>
    public void Add(JournalWindow window)
    {
        Append(window.ToString());
        Take(window);
    }

    public void Dispose() => _stream.Dispose();

    private void Take(JournalWindow window)
    {
        if (window.Batches == JournalWindow.AllBatches)
        {
            _finished.Add(window);
            Unfinished = null;
        }
        else
        {
            Unfinished = window;
        }
    }

    private void Rewrite()
    {
        _stream.SetLength(0);
        Append(string.Join('\n', [_firstLine, .. _finished.Select(window => window.ToString())]));
        if (Unfinished is { } window)
            Append(window.ToString());
    }

    private void Append(string lines)
    {
        _stream.Write(Encoding.UTF8.GetBytes(lines + "\n"));
        _stream.Flush(flushToDisk: true);
    }
}
