using System.Collections.Concurrent;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// Lines about what is odd, written by a thread of its own: a front end that does not read its kernel's stderr must not hold the kernel up.
/// A flood of lines is cut.
/// </summary>
internal sealed class KernelLog : IDisposable
{
    private const int MostWaiting = 1000;
    private const int MostInAPeriod = 50;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<string> _lines = new(MostWaiting);
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private long _periodStart;
    private int _inPeriod;
    private int _cut;

    /// <summary>Begins to write.</summary>
    /// <param name="write">Writes a line.</param>
    /// <param name="time">The clock.</param>
    public KernelLog(Action<string> write, TimeProvider time)
    {
        _time = time;
        _periodStart = time.GetTimestamp();
        _thread = new Thread(() =>
        {
            foreach (var line in _lines.GetConsumingEnumerable())
                write(line);
        })
        { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Adds a line; never waits.</summary>
    public void Write(string line)
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_periodStart) > Period)
            {
                if (_cut > 0)
                    TryAdd($"{_cut:N0} more lines were left out");
                (_periodStart, _inPeriod, _cut) = (_time.GetTimestamp(), 0, 0);
            }

            if (++_inPeriod > MostInAPeriod)
                _cut++;
            else
                TryAdd(line);
        }
    }

    /// <summary>Writes what waits, for a moment at most.</summary>
    public void Dispose()
    {
        lock (_gate)
            _lines.CompleteAdding();
        _thread.Join(TimeSpan.FromSeconds(0.5));
    }

    private void TryAdd(string line)
    {
        if (!_lines.IsAddingCompleted)
            _lines.TryAdd("cde kernel: " + line);
    }
}
