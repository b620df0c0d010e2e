using System.Globalization;
using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Notebooks;

namespace Cde.Kernels.Commands;

/// <summary>Runs a notebook without a front end.</summary>
/// <param name="engines">Makes the engine for a notebook in a folder.</param>
public sealed class NotebookRunCommand(Func<string, TimeProvider, INotebookEngine> engines) : Command<NotebookRunCommandOptions, NotebookRunResult>
{
    /// <inheritdoc/>
    public override string Name => "notebook run";

    /// <inheritdoc/>
    public override string Summary => "Run a notebook from its first cell to its last, without a front end";

    /// <inheritdoc/>
    public override string Description =>
        "Runs every code cell in order, in the notebook's folder, and stops at the first error with its cell and line. A cell tagged raises-exception may fail, one tagged "
        + "skip-execution is passed over. --param sets a variable that the cell tagged parameters declares: a cell tagged injected-parameters is put behind it. The "
        + "notebook with its outputs goes to --out (which may be the notebook itself) and, as one page, to --html, also when a cell fails or the run is stopped. "
        + "--compare fails where a cell shows another text than in the file: times, rates, paths and hashes do not count, numbers with decimals may differ by one unit of their last digit or a "
        + "thousandth, and cells tagged varies are passed over. --update writes the file again, but only the outputs that are new.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "notebook run analysis.ipynb --out analysis.ipynb",
        "notebook run analysis.ipynb --param seed=2 --param corpus=cranfield --out seed-2.ipynb --html seed-2.html --timeout 600",
        "notebook run analysis.ipynb --compare",
        "notebook run analysis.ipynb --update",
    ];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override async Task<NotebookRunResult> RunAsync(NotebookRunCommandOptions options, Session session, CancellationToken cancellation)
    {
        var files = NotebookRunFiles.Of(options.File, options.Out, options.Html);
        var check = RecordedOutputs.Of(options);
        var notebook = NotebookFile.Read(options.File);
        var injected = ParameterCell.Inject(notebook, GivenParameter.Parse(options.Param), options.File);
        var settings = new NotebookRunOptions
        {
            Timeout = options.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            AllowErrors = options.AllowErrors,
            RecordsTiming = options.Timing,
        };
        var started = session.Time.GetTimestamp();
        var engine = engines(files.Folder, session.Time);
        var runner = new NotebookRunner(engine, settings, options.File, session.Time) { Tell = session.Display.Note, AfterCell = files.WriteSoFar };
        var run = new NotebookRun([], null);
        var folder = Environment.CurrentDirectory;
        try
        {
            // As under Jupyter, where a kernel starts in its notebook's folder.
            Environment.CurrentDirectory = files.Folder;
            using var exit = new ProcessExit(() => SaveAtExit(runner, notebook, files, session.Display));
            run = await runner.RunAsync(notebook, injected, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Environment.CurrentDirectory = folder;
            runner.Save(notebook, files.Write);
            if (!run.LeftCellRunning)
                await engine.DisposeAsync().ConfigureAwait(false);
        }

        if (run.WasInterrupted)
            cancellation.ThrowIfCancellationRequested();
        var failure = run.Failure ?? check?.Finish(notebook, session.Display.Note);
        return new NotebookRunResult(options.File, run.Cells, session.Time.GetElapsedTime(started).TotalSeconds, options.Out, options.Html, failure);
    }

    /// <summary>A cell ended the process: what is done is kept, and the reason told.</summary>
    private static void SaveAtExit(NotebookRunner runner, NotebookDocument notebook, NotebookRunFiles files, IDisplay display)
    {
        var reason = runner.FailAtExit();
        runner.Save(notebook, files.Write);
        display.Note($"cde notebook run: {reason}");
    }
}

/// <summary>What <c>notebook run</c> takes.</summary>
public sealed record NotebookRunCommandOptions : CommandOptions
{
    /// <summary>The notebook.</summary>
    [Argument(0, "The notebook (.ipynb or .dib), or a source file", ValueName = "FILE", Required = true, Completes = Completes.Files)]
    public string File { get; init; } = "";

    /// <summary>Values for the parameters cell.</summary>
    [Option("Give a variable of the parameters cell this value; may be given several times", ValueName = "NAME=VALUE")]
    public IReadOnlyList<string> Param { get; init; } = [];

    /// <summary>The page.</summary>
    [Option("Also write the notebook with its outputs as one HTML page", ValueName = "PATH", Completes = Completes.Files)]
    public string? Html { get; init; }

    /// <summary>The limit of each cell.</summary>
    [Option("Seconds that a cell may take; no limit where left out", Min = 0.001, Max = 10_000_000)]
    public double? Timeout { get; init; }

    /// <summary>Errors do not stop the run.</summary>
    [Option("Go on after a cell that fails")]
    public bool AllowErrors { get; init; }

    /// <summary>Compares with the file.</summary>
    [Option("Fail where a cell shows something else than its output in the file")]
    public bool Compare { get; init; }

    /// <summary>Brings the file up to date.</summary>
    [Option("Write the outputs that are new into the notebook itself; nothing is written where a cell fails")]
    public bool Update { get; init; }

    /// <summary>Writes times.</summary>
    [Option("Write when each cell began and ended into its metadata, as JupyterLab does")]
    public bool Timing { get; init; }
}

/// <summary>What a run came to.</summary>
/// <param name="File">The notebook.</param>
/// <param name="Cells">The cells that were run.</param>
/// <param name="Seconds">Time of the whole run.</param>
/// <param name="Out">The notebook that was written; null where none was asked for.</param>
/// <param name="Html">The page that was written; null where none was asked for.</param>
/// <param name="Error">Why the run stopped before its end; null where it did not.</param>
public sealed record NotebookRunResult(string File, IReadOnlyList<ExecutedCell> Cells, double Seconds, string? Out, string? Html, string? Error) : CommandResult
{
    /// <inheritdoc/>
    public override string? Failure => Error;

    /// <inheritdoc/>
    public override View Describe()
    {
        var failed = Cells.Count(cell => cell.Error is not null);
        var count = string.Create(CultureInfo.InvariantCulture, $"{Cells.Count} {(Cells.Count == 1 ? "cell" : "cells")} run in {Seconds:0.0} s{(failed > 0 ? $", {failed} failed" : "")}");
        return new View([new Paragraph(count), .. new[] { Out, Html }.OfType<string>().Select(path => new Paragraph($"written to {path}"))]);
    }
}
