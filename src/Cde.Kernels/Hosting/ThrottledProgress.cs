using Cde.Workbench;

namespace Cde.Kernels.Hosting;

/// <summary>
/// Passes progress on at most ten times a second; a stage's last state is always drawn, as its end.
/// Reports may come from any thread; drawing is serialised.
/// </summary>
/// <param name="view">Where it is drawn.</param>
/// <param name="time">The clock.</param>
public sealed class ThrottledProgress(IProgressView view, TimeProvider time) : IProgress<WorkProgress>, IDisposable
{
    /// <summary>The shortest time between two drawings of a stage.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private WorkProgress? _current;
    private bool _isFinal;
    private long _stageStart;
    private long _lastDrawn;

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            var isNewStage = _current?.Stage != value.Stage;
            if (isNewStage)
            {
                Finish();
                _stageStart = time.GetTimestamp();
            }
            else if (_isFinal)
            {
                return;
            }

            _current = value;
            _isFinal = value.Total > 0 && value.Done >= value.Total;
            if (isNewStage || _isFinal || time.GetElapsedTime(_lastDrawn) >= Interval)
                Draw();
        }
    }

    /// <summary>Draws the last stage's end.</summary>
    public void Dispose()
    {
        lock (_lock)
            Finish();
    }

    private void Finish()
    {
        if (_current is null || _isFinal)
            return;
        _isFinal = true;
        Draw();
    }

    private void Draw()
    {
        _lastDrawn = time.GetTimestamp();
        view.Draw(_current!.Value, time.GetElapsedTime(_stageStart), _isFinal);
    }
}
