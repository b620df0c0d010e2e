using System.Diagnostics;
using System.Text.Json;
using Cde.Kernels.Hosting;
using Cde.Kernels.Processes;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Commands;

/// <summary>A run that several processes on this machine share: starts them, and shows the steps that rank 0 logs.</summary>
internal sealed class SharedTraining(Session session, string folder, TrainingOptions training)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly RunFolder run = new(folder);
    private readonly LiveSteps live = new(session, training.Steps);
    private long shown;
    private (long At, TimeSpan Took) last = (long.MinValue, TimeSpan.Zero);

    /// <summary>Runs them to the end.</summary>
    /// <param name="words">The command line of each.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Stops all cleanly.</param>
    public async Task<TrainResult> RunAsync(IReadOnlyList<string> words, int count, CancellationToken cancellation)
    {
        if (training.Data.Corpora.FirstOrDefault(corpus => session.Lent<RetrievalTask>(corpus) is not null) is { } lent)
            throw new CdeException($"{lent} is a variable of this notebook, which other processes do not see: write it to a folder and train on that, or leave --processes out");
        shown = run.CheckpointSteps is [.., var step] ? step : 0;
        string output;
        try
        {
            output = await LocalProcesses.RunAsync("train", words, count, Look, cancellation).ConfigureAwait(false);
        }
        catch (CdeException error) when (run.CheckpointSteps is [.., var saved] && !error.Message.Contains("--resume", StringComparison.Ordinal))
        {
            throw new CdeException($"{error.Message}; the state after step {saved} is saved: go on with train --resume {folder} --processes {count}", error);
        }

        last = (long.MinValue, TimeSpan.Zero);
        Look();
        var document = JsonDocument.Parse(output).RootElement;
        var result = document.GetProperty("result").Deserialize<Ended>(Json)!;
        var outcome = new TrainingOutcome(result.Step, result.Steps, result.Model, TrainingLog.Read(run.Log)) { BestStep = result.BestStep };
        return TrainResult.Of(folder, outcome) with { Provenance = document.GetProperty("provenance").Deserialize<Provenance>(Json)!, SkippedRecords = result.SkippedRecords };
    }

    /// <summary>Shows what is new in the log, more seldom the longer the log is.</summary>
    private void Look()
    {
        if (last.At != long.MinValue && Stopwatch.GetElapsedTime(last.At) < 20 * last.Took)
            return;
        var started = Stopwatch.GetTimestamp();
        foreach (var record in TrainingLog.Read(run.Log).Where(record => record.Step > shown))
        {
            live.Report(record);
            shown = record.Step;
        }

        last = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(started));
    }

    private sealed record Ended(long Step, int Steps, string? Model, long? BestStep, long SkippedRecords);
}
