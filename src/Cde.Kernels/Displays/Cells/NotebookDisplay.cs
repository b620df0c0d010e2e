using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Displays;

/// <summary>A cell's output as the display of the commands that run in it.</summary>
/// <param name="output">The cell's output.</param>
/// <param name="time">The clock that paces the drawing of progress; the system's where left out.</param>
public sealed class NotebookDisplay(ICellOutput output, TimeProvider? time = null) : IDisplay
{
    private readonly NotebookProgress _progress = new(output, time ?? TimeProvider.System);

    /// <inheritdoc/>
    public IProgressView Progress => _progress;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public IDisplayHandle Show(MimeBundle bundle)
    {
        _progress.EndBlock();
        var id = DisplayedValue.NewId();
        output.Display(bundle, id);
        return new Handle(output, id);
    }

    /// <summary>One small grey line.</summary>
    public void Note(string line)
    {
        _progress.EndBlock();
        output.Display(new MimeBundle(line).With(MimeBundle.Html, $"<div style=\"opacity:.65;font-size:.92em\">{HtmlEscape.Of(line)}</div>"));
    }

    /// <summary>Ends the drawing of progress when the cell ends: what is drawn then stays.</summary>
    /// <param name="outcome">How the cell ended: a stage that was not done is drawn as failed or interrupted.</param>
    public void Close(CellOutcome outcome) => _progress.Close(outcome);

    private sealed class Handle(ICellOutput output, string id) : IDisplayHandle
    {
        public void Update(MimeBundle bundle) => (CellContext.Current?.Output ?? output).Update(bundle, id);
    }
}
