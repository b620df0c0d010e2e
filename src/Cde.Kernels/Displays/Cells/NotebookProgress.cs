using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>
/// Progress as bars, one below the other in one display that is updated in place at most ten times a second and ends in a still state.
/// Stages that begin after something else was shown stand below it, in a display of their own.
/// </summary>
/// <param name="output">The cell's output.</param>
/// <param name="time">The clock.</param>
internal sealed class NotebookProgress(ICellOutput output, TimeProvider time) : IProgressView
{
    /// <summary>The shortest time between two drawings.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Stages in one display; of more the first are counted and not drawn.</summary>
    public const int MaxStages = 12;

    private readonly Lock _lock = new();
    private readonly List<ProgressStage> _stages = [];
    private int _dropped;
    private string? _displayId;
    private long _lastDrawn;
    private ITimer? _pending;
    private bool _isBlockOver;
    private bool _isClosed;

    /// <inheritdoc/>
    public void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            var last = _stages.Count - 1;
            var isNew = last < 0 || _stages[last].State.Stage != state.Stage || _stages[last].Ending != ProgressEnding.None;
            if (isNew && _isBlockOver)
                BeginBlock();
            var ending = isFinal ? state.Total > 0 && state.Done < state.Total ? ProgressEnding.Short : ProgressEnding.Done : ProgressEnding.None;
            if (isNew)
                _stages.Add(new ProgressStage(state, elapsed, ending));
            else
                _stages[last] = new ProgressStage(state, elapsed, ending);
            if (_stages.Count > MaxStages)
            {
                _stages.RemoveAt(0);
                _dropped++;
            }

            DrawSoon();
        }
    }

    /// <summary>Something else is shown: the next stage begins below it.</summary>
    public void EndBlock()
    {
        lock (_lock)
        {
            if (_pending is not null)
                DrawNow();
            _isBlockOver = _stages.Count > 0;
        }
    }

    /// <summary>The cell ended: every stage is drawn as it ended, once, and nothing after that.</summary>
    public void Close(CellOutcome outcome)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            var isChanged = _pending is not null;
            for (var i = 0; i < _stages.Count; i++)
            {
                var isLast = i == _stages.Count - 1;
                var ending = _stages[i].Ending switch
                {
                    ProgressEnding.None or ProgressEnding.Short when isLast && !outcome.IsDone => outcome.WasInterrupted ? ProgressEnding.Interrupted : ProgressEnding.Failed,
                    ProgressEnding.None => ProgressEnding.Short,
                    var same => same,
                };
                isChanged |= ending != _stages[i].Ending;
                _stages[i] = _stages[i] with { Ending = ending };
            }

            if (isChanged)
                DrawNow();
            _isClosed = true;
        }
    }

    private void BeginBlock()
    {
        if (_pending is not null)
            DrawNow();
        _stages.Clear();
        (_dropped, _displayId, _isBlockOver) = (0, null, false);
    }

    private void DrawSoon()
    {
        if (_pending is not null)
            return;
        var wait = _displayId is null ? TimeSpan.Zero : Interval - time.GetElapsedTime(_lastDrawn);
        if (wait <= TimeSpan.Zero)
            DrawNow();
        else
            _pending = time.CreateTimer(_ => DrawPending(), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void DrawPending()
    {
        lock (_lock)
        {
            if (_pending is not null && !_isClosed)
                DrawNow();
        }
    }

    private void DrawNow()
    {
        _pending?.Dispose();
        _pending = null;
        _lastDrawn = time.GetTimestamp();
        var bundle = ProgressStage.Bundle(_stages, _dropped);
        if (_displayId is null)
            output.Display(bundle, _displayId = DisplayedValue.NewId());
        else
            output.Update(bundle, _displayId);
    }
}
