using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Hosting;

public class ThrottledProgressTests
{
    [Fact]
    public void Reports_are_drawn_at_most_ten_times_a_second_and_once_at_the_end()
    {
        var (view, time) = (new RecordingView(), new ManualTime());
        using var progress = new ThrottledProgress(view, time);

        for (var i = 0; i <= 2000; i++)
        {
            progress.Report(new WorkProgress("embedding", i, 2000, "documents"));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(view.Drawn.Count, 19, 22);
        Assert.Equal((2000L, true), view.Drawn[^1]);
        Assert.Single(view.Drawn, drawn => drawn.IsFinal);
    }

    [Fact]
    public void A_stage_that_another_follows_is_drawn_as_ended()
    {
        var view = new RecordingView();
        using (var progress = new ThrottledProgress(view, new ManualTime()))
        {
            progress.Report(new WorkProgress("reading", 1, 0, "documents"));
            progress.Report(new WorkProgress("reading", 7, 0, "documents"));
            progress.Report(new WorkProgress("embedding", 1, 9, "documents"));
        }

        Assert.Equal([(1, false), (7, true), (1, false), (1, true)], view.Drawn);
    }

    private sealed class RecordingView : IProgressView
    {
        public List<(long Done, bool IsFinal)> Drawn { get; } = [];

        public void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal) => Drawn.Add((state.Done, isFinal));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
