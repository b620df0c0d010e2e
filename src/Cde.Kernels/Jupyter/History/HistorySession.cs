using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// What one shell runs, written as it happens: a cell's text before the cell runs, so that a kernel killed in mid-cell still has it.
/// History that cannot be written is told of once and given up; cells go on.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="log">Told where it cannot be written.</param>
internal sealed class HistorySession(HistoryStore store, Action<string> log) : IDisposable
{
    // A result's text is for people to recognise, not to keep data.
    private const int LongestOutput = 10_000;

    private FileStream? _file;
    private bool _isLost;

    /// <summary>The session's number; null before its first cell.</summary>
    public int? Number { get; private set; }

    /// <summary>Keeps a cell that is about to run.</summary>
    public void Add(int line, string input) => Write(new HistoryLine(line, input, null));

    /// <summary>Keeps a cell's result.</summary>
    public void SetOutput(int line, string output) =>
        Write(new HistoryLine(line, null, output.Length > LongestOutput ? output[..LongestOutput] + "..." : output));

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Write(HistoryLine line)
    {
        if (_isLost)
            return;
        try
        {
            if (_file is null)
            {
                _file = store.Open(out var number);
                Number = number;
            }

            // One write and no buffer: a kill leaves whole lines.
            _file.Write(line.ToBytes());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CdeException)
        {
            _isLost = true;
            log($"history cannot be kept: {failure.Message}");
        }
    }
}
