namespace Cde.Kernels.Tests.Displays;

/// <summary>A clock that a test moves; timers fire while it moves.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Alarm> _alarms = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state, _ticks + dueTime.Ticks);
        _alarms.Add(alarm);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        _ticks += by.Ticks;
        foreach (var due in _alarms.Where(alarm => alarm.Due <= _ticks).ToList())
        {
            _alarms.Remove(due);
            due.Ring();
        }
    }

    private sealed class Alarm(ManualTime time, TimerCallback callback, object? state, long due) : ITimer
    {
        public long Due { get; } = due;

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => time._alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
