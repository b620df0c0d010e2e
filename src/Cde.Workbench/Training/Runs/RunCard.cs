using System.Globalization;
using Cde.Workbench.Models.Export;

namespace Cde.Workbench.Training.Runs;

/// <summary>What a run's folder says about the model that it made, for the model's card.</summary>
public static class RunCard
{
    /// <summary>Loss and its source, data, how it was trained, and the development scores.</summary>
    /// <param name="run">A run with a finished or best model.</param>
    public static ModelFacts Facts(RunFolder run)
    {
        var options = run.Options;
        var log = TrainingLog.Read(run.Log);
        var loss = options.Loss.Declaration();
        var scored = log.Where(record => record.Evaluation is not null).ToList();
        var best = scored.Count == 0 ? null : options.Evaluation.KeepBest ? scored.MaxBy(record => record.Evaluation) : scored[^1];
        static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
        return new ModelFacts
        {
            BaseModel = options.Model.Start ?? options.Model.Backbone,
            Losses = [(loss.Name, loss.Reference)],
            Datasets = options.Data.Corpora,
            Training =
            [
                ("steps", (log.Count > 0 ? log[^1].Step : options.Steps).ToString("N0", CultureInfo.InvariantCulture)),
                ("batch", $"{options.Batch.Size} pairs, sampler {options.Batch.Sampler.ToString().ToLowerInvariant()}, {options.Batch.Negatives} hard negatives"),
                ("optimizer", $"AdamW, learning rate {Number(options.Optimizer.LearningRate)}, weight decay {Number(options.Optimizer.WeightDecay)}, clipped at {Number(options.Optimizer.ClipNorm)}"),
                ("schedule", $"{options.Schedule.Kind.ToString().ToLowerInvariant()}, {options.Schedule.WarmupSteps} steps of warm-up"),
                .. options.Adversarial.IsOn ? [("adversarial training", OptionText.Choice(options.Adversarial.Kind.ToString()))] : Array.Empty<(string, string)>(),
                .. options.Averaging.Kind != AveragingKind.None ? [("averaged weights", OptionText.Choice(options.Averaging.Kind.ToString()))] : Array.Empty<(string, string)>(),
                ("precision", options.Precision.ToString().ToLowerInvariant()),
                ("seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
                .. log.Count > 0 ? [("last loss", Number(log[^1].Loss)), ("time", $"{Number(Math.Round(log.Sum(record => record.Seconds) / 60, 1))} minutes")] : Array.Empty<(string, string)>(),
            ],
            Scores = best?.Evaluation is { } score && options.Evaluation.Corpus is { } corpus ? [(corpus, options.Evaluation.Measure, score)] : [],
        };
    }

    /// <summary>The model of a run: the best where one was kept, else the finished one; null where there is none yet.</summary>
    public static string? ModelOf(RunFolder run) =>
        new[] { run.Model, run.Best }.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "config.json")));
}
