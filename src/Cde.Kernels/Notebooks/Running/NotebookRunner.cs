using System.Globalization;
using System.Text.Json.Nodes;
using Cde.Kernels.Cells;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// Runs a notebook's code cells in order and puts what they show into it, without a front end. As nbclient does: cells tagged
/// <c>raises-exception</c> may fail, cells tagged <c>skip-execution</c> and empty ones are passed over.
/// </summary>
/// <param name="engine">What runs the cells. The caller disposes of it.</param>
/// <param name="options">How.</param>
/// <param name="name">What errors call the notebook: its file.</param>
/// <param name="time">The clock.</param>
public sealed class NotebookRunner(INotebookEngine engine, NotebookRunOptions options, string name, TimeProvider time)
{
    private const string RaisesException = "raises-exception", SkipExecution = "skip-execution";

    private readonly DisplayedOutputs _displays = new();
    private readonly List<CellOutputs> _outputs = [];
    private readonly List<ExecutedCell> _runs = [];
    private volatile CurrentCell? _current;

    /// <summary>Told a line when a cell has ended: <c>cell [3] "var seed = 1;" (csharp): 0.4 s</c>.</summary>
    public Action<string>? Tell { get; init; }

    /// <summary>Called after every cell with the notebook as far as it is done; nothing is written to the notebook meanwhile.</summary>
    public Action<NotebookDocument>? AfterCell { get; init; }

    /// <summary>Runs the notebook. Outputs of an earlier run are removed first.</summary>
    /// <param name="notebook">The notebook, which is changed.</param>
    /// <param name="injected">The cell that was put in for parameters, which does not count; null where there is none.</param>
    /// <param name="cancellation">Stops the cell that is running, and then the run. What is done stays in the notebook.</param>
    public async Task<NotebookRun> RunAsync(NotebookDocument notebook, NotebookCell? injected = null, CancellationToken cancellation = default)
    {
        foreach (var cell in notebook.Cells.Where(IsRun))
            Reset(cell);
        var number = 0;
        foreach (var cell in notebook.Cells)
        {
            if (cell != injected)
                number++;
            if (!IsRun(cell) || cell.Source.AsSpan().IsWhiteSpace())
                continue;
            if (cancellation.IsCancellationRequested)
                return Ended(null) with { WasInterrupted = true };
            var end = await RunAsync(notebook, cell, cell == injected ? 0 : number, cancellation).ConfigureAwait(false);
            Save(notebook);
            if (end is not null)
                return end;
        }

        return Ended(null);
    }

    /// <summary>Does something with the notebook while no cell can write to it.</summary>
    public void Save(NotebookDocument notebook, Action<NotebookDocument>? action = null)
    {
        lock (_displays.Gate)
        {
            foreach (var open in _outputs)
                open.Flush();
            (action ?? AfterCell)?.Invoke(notebook);
        }
    }

    /// <summary>Marks the cell that is running as the one that ended the process.</summary>
    /// <returns>The reason in one line.</returns>
    internal string FailAtExit()
    {
        if (_current is not { } current)
            return $"{name}: the process ended";
        var error = new CellError("Exit", "the cell ended the process", []);
        current.Output.Fail(error);
        return Sentence(current.Place, error);
    }

    private async Task<NotebookRun?> RunAsync(NotebookDocument notebook, NotebookCell cell, int number, CancellationToken cancellation)
    {
        var count = _runs.Count + 1;
        var place = number > 0 ? CellPlace.Of(count, cell.Source) : "the injected parameters";
        var language = notebook.LanguageOf(cell);
        var output = new CellOutputs(cell.Outputs, _displays, count);
        _outputs.Add(output);
        _current = new CurrentCell(place, output);
        lock (_displays.Gate)
            cell.ExecutionCount = count;
        var request = new CellRequest(cell.Source) { Language = cell.Language ?? notebook.DefaultLanguage, Name = number > 0 ? $"Cell {count}" : "Parameters" };
        var (began, started) = (time.GetUtcNow(), time.GetTimestamp());
        var (outcome, stop) = await ExecuteAsync(request, output, cancellation).ConfigureAwait(false);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        _current = null;
        var error = Explain(outcome, stop);
        if (error is not null)
            output.Fail(error);
        if (options.RecordsTiming)
            Record(cell, began, time.GetUtcNow());
        _runs.Add(new ExecutedCell(number, language, seconds, error));
        Tell?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{place} ({language}): {seconds:0.0} s{(error is null ? "" : $", {error.Name}")}"));
        if (stop == Stop.Cancelled)
            return Ended(null) with { WasInterrupted = true, LeftCellRunning = outcome is null };
        if (error is null || (outcome is not null && stop == Stop.None && (options.AllowErrors || cell.Tags.Contains(RaisesException))))
            return null;
        return Ended(Sentence(place, error)) with { LeftCellRunning = outcome is null };
    }

    /// <summary>Runs one cell; stops it when its time is up or the run is cancelled. No outcome: it did not stop.</summary>
    private async Task<(CellOutcome? Outcome, Stop Stop)> ExecuteAsync(CellRequest request, CellOutputs output, CancellationToken cancellation)
    {
        var running = Task.Run(() => engine.ExecuteAsync(request, output), CancellationToken.None);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var limit = Task.Delay(options.Timeout ?? Timeout.InfiniteTimeSpan, time, waiting.Token);
        if (await Task.WhenAny(running, limit).ConfigureAwait(false) == running)
        {
            await waiting.CancelAsync().ConfigureAwait(false);
            return (await running.ConfigureAwait(false), Stop.None);
        }

        var stop = cancellation.IsCancellationRequested ? Stop.Cancelled : Stop.TimedOut;
        engine.Interrupt();
        var grace = Task.Delay(options.StopGrace, time, CancellationToken.None);
        return (await Task.WhenAny(running, grace).ConfigureAwait(false) == running ? await running.ConfigureAwait(false) : null, stop);
    }

    private CellError? Explain(CellOutcome? outcome, Stop stop)
    {
        if (stop == Stop.None)
            return outcome!.Error;
        var line = outcome?.Error?.Line ?? 0;
        var traceback = outcome?.Error?.Traceback ?? [];
        var still = outcome is null ? string.Create(CultureInfo.InvariantCulture, $", and has not stopped after {options.StopGrace.TotalSeconds:0.###} s") : "";
        return stop == Stop.Cancelled
            ? new CellError("Interrupted", "the run was stopped" + still, traceback, line)
            : new CellError("Timeout", string.Create(CultureInfo.InvariantCulture, $"took longer than {options.Timeout!.Value.TotalSeconds:0.###} s") + still, traceback, line);
    }

    private string Sentence(string place, CellError error) => string.Create(
        CultureInfo.InvariantCulture, $"{name} {place}{(error.Line > 0 ? $", line {error.Line}" : "")}: {error.Name}: {Shown.Shorten(error.Message, 400)}");

    private NotebookRun Ended(string? failure) => new([.. _runs], failure);

    private static bool IsRun(NotebookCell cell) => cell.Kind == CellKind.Code && !cell.Tags.Contains(SkipExecution);

    private static void Reset(NotebookCell cell)
    {
        cell.Outputs.Clear();
        cell.ExecutionCount = null;
        cell.Metadata.Remove("execution");
    }

    private static void Record(NotebookCell cell, DateTimeOffset began, DateTimeOffset ended) => cell.Metadata.Place("execution", new JsonObject
    {
        ["iopub.execute_input"] = Stamp(began),
        ["iopub.status.busy"] = Stamp(began),
        ["iopub.status.idle"] = Stamp(ended),
        ["shell.execute_reply"] = Stamp(ended),
    });

    private static string Stamp(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private sealed record CurrentCell(string Place, CellOutputs Output);

    private enum Stop
    {
        None,
        TimedOut,
        Cancelled,
    }
}
