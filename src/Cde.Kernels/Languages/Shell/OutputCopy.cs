using System.Text;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>Copies what a process writes to a cell's output, as it comes.</summary>
internal sealed class OutputCopy
{
    /// <summary>The most that is kept, in characters.</summary>
    private const int MaxKept = 64 * 1024 * 1024;

    private readonly StreamReader _source;
    private readonly ICellOutput _output;
    private readonly StringBuilder? _kept;
    private readonly Task _copying;
    private long _copied;

    /// <summary>Begins to copy.</summary>
    /// <param name="source">What the process writes.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="kept">Where it is kept as well; nowhere where null.</param>
    public OutputCopy(StreamReader source, ICellOutput output, StringBuilder? kept)
    {
        (_source, _output, _kept) = (source, output, kept);
        _copying = Task.Run(CopyAsync);
    }

    /// <summary>Waits for the end of the output, or until nothing more comes for a while.</summary>
    /// <param name="patience">The while.</param>
    /// <exception cref="CdeException">There is more output than can be kept.</exception>
    public async Task EndAsync(TimeSpan patience)
    {
        for (var before = -1L; before != Interlocked.Read(ref _copied) && !_copying.IsCompleted;)
        {
            before = Interlocked.Read(ref _copied);
            await Task.WhenAny(_copying, Task.Delay(patience));
        }

        if (_copying.IsCompleted)
            await _copying;
        if (_kept is not null && Interlocked.Read(ref _copied) > MaxKept)
            throw new CdeException($"the output has over {MaxKept / (1024 * 1024)} Mi characters, more than are kept under a name; write it to a file");
    }

    private async Task CopyAsync()
    {
        var buffer = new char[32 * 1024];
        while (await _source.ReadAsync(buffer) is > 0 and var count)
        {
            var text = new string(buffer, 0, count);
            _output.Write(OutputStream.Output, text);
            if (_kept is not null && _kept.Length + count <= MaxKept)
                _kept.Append(text);
            Interlocked.Add(ref _copied, count);
        }
    }
}
