using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Figures;
using Cde.Workbench.Training;

namespace Cde.Kernels.Commands;

/// <summary>
/// A run while it trains: each step as progress, and, every few seconds and wherever something happens, a row of a table in the shell, or the figure of the loss
/// brought up to date in a notebook.
/// </summary>
internal sealed class LiveSteps(Session session, int steps) : IProgress<StepRecord>
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>Rows after which the header is shown again.</summary>
    private const int HeaderEvery = 25;

    private readonly List<StepRecord> seen = [];
    private IDisplayHandle? figure;
    private int rows;
    private long? last;
    private bool wasCollapsed;

    public void Report(StepRecord value)
    {
        seen.Add(value);
        session.Progress.Report(new WorkProgress("train", value.Step, steps, "steps"));
        var isNews = value.Evaluation is not null || value.Step == steps || (value.Collapse && !wasCollapsed);
        wasCollapsed = value.Collapse;
        if (last is { } then && session.Time.GetElapsedTime(then) < Between && !isNews)
            return;
        last = session.Time.GetTimestamp();
        if (session.Display.IsLive)
            ShowFigure(value);
        else
            ShowRow(value);
    }

    private void ShowFigure(StepRecord value)
    {
        var chart = RunFigures.Loss(seen);
        var view = new View(new Drawing(chart), StepTable.Of([value]));
        var bundle = new MimeBundle(TextRenderer.Render(view)).With(MimeBundle.Html, HtmlRenderer.Fragment(view));
        if (figure is null)
            figure = session.Display.Show(bundle);
        else
            figure.Update(bundle);
    }

    private void ShowRow(StepRecord value)
    {
        if (rows++ % HeaderEvery == 0)
            session.Display.Note(StepTable.Header);
        session.Display.Note(StepTable.Line(value));
    }
}
