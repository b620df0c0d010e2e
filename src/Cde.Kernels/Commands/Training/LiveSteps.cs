using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Training;

namespace Cde.Kernels.Commands;

/// <summary>A run while it trains: a row of a table every few seconds and wherever something happens, each step as progress.</summary>
internal sealed class LiveSteps(Session session, int steps) : IProgress<StepRecord>
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>Rows after which the header is shown again.</summary>
    private const int HeaderEvery = 25;

    private int rows;
    private long? last;
    private bool wasCollapsed;

    public void Report(StepRecord value)
    {
        session.Progress.Report(new WorkProgress("train", value.Step, steps, "steps"));
        var isNews = value.Evaluation is not null || value.Step == steps || (value.Collapse && !wasCollapsed);
        wasCollapsed = value.Collapse;
        if (last is { } then && session.Time.GetElapsedTime(then) < Between && !isNews)
            return;
        last = session.Time.GetTimestamp();
        if (rows++ % HeaderEvery == 0)
            session.Display.Note(StepTable.Header);
        session.Display.Note(StepTable.Line(value));
    }
}
