using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Cells;

/// <summary>Everything a cell puts out, in order, as short lines: <c>out text</c>, <c>err text</c>, <c>show text</c>, <c>update text</c>, <c>clear</c>.</summary>
internal sealed class CellRecord : ICellOutput
{
    private readonly Lock _lock = new();
    private readonly List<string> _events = [];

    public IReadOnlyList<string> Events { get { lock (_lock) return [.. _events]; } }

    public List<(MimeBundle Bundle, string? Id)> Bundles { get; } = [];

    public Queue<string> Answers { get; } = [];

    public string Text => string.Concat(Events.Where(line => line.StartsWith("out ", StringComparison.Ordinal)).Select(line => line[4..]));

    public void Write(OutputStream stream, string text) => Add((stream == OutputStream.Output ? "out " : "err ") + text);

    public void Display(MimeBundle bundle, string? displayId = null) => Add("show", bundle, displayId);

    public void Update(MimeBundle bundle, string displayId) => Add("update", bundle, displayId);

    public void Result(MimeBundle bundle) => Add("result", bundle, null);

    public void Clear(bool wait) => Add(wait ? "clear later" : "clear");

    public string ReadLine(string prompt, bool isPassword, CancellationToken cancellation)
    {
        Add($"{(isPassword ? "password" : "input")} {prompt}");
        return Answers.TryDequeue(out var answer) ? answer : throw new CdeException("the front end takes no input");
    }

    /// <summary>Runs code as a cell: what it calls finds this output.</summary>
    public void Run(Action code, string cell = "")
    {
        var display = new NotebookDisplay(this);
        using (var session = new Session(display))
            Run(code, new CellContext(new CellRequest(cell) { Name = "Cell 3" }, this, session, default));
        display.Close(CellOutcome.Done);
    }

    public static void Run(Action code, CellContext cell)
    {
        // A thread of its own, so that the cell ends with it and flows into nothing else.
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            CellContext.Current = cell;
            try
            {
                code();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private void Add(string kind, MimeBundle bundle, string? id)
    {
        lock (_lock)
        {
            Bundles.Add((bundle, id));
            _events.Add($"{kind} {bundle[MimeBundle.PlainText]}");
        }
    }

    private void Add(string line)
    {
        lock (_lock)
            _events.Add(line);
    }
}
