using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Figures;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Commands;

/// <summary>A run folder as one page.</summary>
public sealed class ReportCommand : Command<ReportOptions, ReportResult>
{
    /// <inheritdoc/>
    public override string Name => "report";

    /// <inheritdoc/>
    public override string Summary => "Show a training run as one HTML page";

    /// <inheritdoc/>
    public override string Description =>
        "Draws the log of a run folder, finished or still training: loss, evaluation, gradient norms, accuracy, how the vectors spread, and every option. "
        + "The page stands alone; without --out it goes to report.html in the run's folder.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["report runs/mini", "report runs/mini --out mini.html"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override Task<ReportResult> RunAsync(ReportOptions options, Session session, CancellationToken cancellation)
    {
        var run = new RunFolder(options.Run);
        var training = run.Options;
        var steps = TrainingLog.Read(run.Log);
        if (steps.Count == 0)
            throw new CdeException($"{run.Log}: no step is logged yet; go on with: train --resume {options.Run}");
        var path = options.Out ?? run.Report;
        var result = new ReportResult(options.Run, path, steps[^1].Step, training.Steps, steps[^1].Loss)
        {
            Best = steps.Where(step => step.Evaluation is not null).MaxBy(step => step.Evaluation),
            Collapses = steps.Count(step => step.Collapse),
            Steps = steps,
            Options = TrainingConfiguration.Describe(training),
            Provenance = new Provenance { Seed = training.Seed, Corpus = string.Join(", ", training.Data.Corpora) },
        };
        AtomicFile.WriteAllText(path, HtmlRenderer.Page($"Training run {Path.GetFileName(Path.GetFullPath(options.Run))}", result.Page()));
        session.Display.Note($"written to {path}");
        return Task.FromResult(result);
    }
}

/// <summary>What <c>report</c> takes.</summary>
public sealed record ReportOptions : CommandOptions
{
    /// <summary>The run.</summary>
    [Argument(0, "Folder of the run", ValueName = "DIR", Required = true, Completes = Completes.Files)]
    public string Run { get; init; } = "";
}

/// <summary>A run in short.</summary>
/// <param name="Run">Its folder.</param>
/// <param name="Path">The page.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Of">Steps of the whole run.</param>
/// <param name="Loss">At the last step.</param>
public sealed record ReportResult(string Run, string Path, long Step, int Of, double Loss) : CommandResult
{
    /// <summary>The best step evaluated; null where none was.</summary>
    public StepRecord? Best { get; init; }

    /// <summary>Steps after the warm-up whose documents all looked alike.</summary>
    public int Collapses { get; init; }

    /// <summary>The log.</summary>
    [JsonIgnore]
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>Every option.</summary>
    [JsonIgnore]
    public IReadOnlyList<OptionLine> Options { get; init; } = [];

    /// <inheritdoc/>
    public override View Describe()
    {
        var loss = RunFigures.Loss(Steps);
        return new View(new Paragraph(InWords()), new Drawing(loss), new Paragraph($"the whole page: {Path}"));
    }

    /// <summary>The whole page.</summary>
    internal View Page() => new(
    [
        new Heading($"Training run {System.IO.Path.GetFileName(System.IO.Path.GetFullPath(Run))}"),
        new Paragraph(InWords()),
        .. RunFigures.Of(Steps).Select(chart => new Drawing(chart)),
        StepTable.Of([.. Steps.Where((_, i) => i % Math.Max(1, Steps.Count / 40) == 0 || i == Steps.Count - 1)]),
        new Heading("Options"),
        new Table(["option", "value", "default", "what it does"], [.. Options.Select(line => (string[])[line.Path, line.Value, line.Value == line.Default ? "" : line.Default, line.Description])]),
    ]);

    private string InWords()
    {
        var total = TimeSpan.FromSeconds(Steps.Sum(step => step.Seconds));
        var text = FormattableString.Invariant($"step {Step} of {Of}, loss {Loss:f4}, {Steps.Sum(step => step.Pairs):N0} pairs, {Steps.Sum(step => step.Tokens):N0} tokens in {total.TotalMinutes:f1} minutes");
        if (Best is { Evaluation: { } score } best)
            text += FormattableString.Invariant($"; best evaluation {score:f4} at step {best.Step}");
        return Collapses == 0 ? text : FormattableString.Invariant($"{text}; collapse alarm at {Collapses} steps: all documents looked alike");
    }
}
