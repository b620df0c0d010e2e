using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Models;
using Cde.Workbench.Training;

namespace Cde.Kernels.Commands;

/// <summary>Trains a two-stage or plain encoder, or goes on with a run that was stopped.</summary>
public sealed class TrainCommand : Command<TrainOptions, TrainResult>
{
    /// <inheritdoc/>
    public override string Name => "train";

    /// <inheritdoc/>
    public override string Summary => "Train a model, or resume a run";

    /// <inheritdoc/>
    public override string Description =>
        "Trains with in-batch negatives, AdamW, warm-up and linear decay. --out names the run's folder: tokenizer, checkpoint and, once every step is "
        + "done, model. Where the folder has a checkpoint, the run goes on from it, bit for bit as if it had not stopped; Ctrl-C or --minutes stop it cleanly. "
        + "The corpus dotnet-api trains on all assemblies but the ten held-out ones.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["train --out runs/mini --minutes 30", "train --out runs/plain --architecture bi-encoder --steps 1000", "train --out runs/words --architecture bi-encoder --context-statistics --context-size 512"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override Task<TrainResult> RunAsync(TrainOptions options, Session session, CancellationToken cancellation)
    {
        var folder = options.Out ?? throw new UsageException("train: --out is missing: the folder of the run");
        var training = options.ToTrainingOptions();
        training.Validate();
        var (domains, corpusHash) = Domains(options.Corpus, session, cancellation);
        session.Display.Note($"{domains.Count} domains, {domains.Sum(domain => domain.Queries.Count)} queries, {domains.Sum(domain => domain.Documents.Count)} documents");
        var progress = new Lines(session, training.Steps);
        var provenance = new Provenance
        {
            Seed = training.Seed,
            Corpus = options.Corpus,
            CorpusHash = corpusHash,
            Device = "cpu",
            Precision = "float32",
            GemmPath = ComputePath.Current,
            Threads = TorchSharp.torch.get_num_threads(),
        };
        return Task.Run(
            () =>
            {
                var run = new TrainingRun(folder, training, domains);
                if (options.WriteUntrained)
                {
                    var target = Path.Combine(folder, "model");
                    run.WriteUntrained(target, cancellation);
                    return new TrainResult(folder, 0, training.Steps, target, []) { Provenance = provenance };
                }

                var limit = options.Minutes > 0 ? TimeSpan.FromMinutes(options.Minutes) : (TimeSpan?)null;
                var outcome = run.Run(limit, progress, cancellation);
                return new TrainResult(folder, outcome.Step, outcome.Steps, outcome.Model, outcome.History) { Provenance = provenance };
            },
            cancellation);
    }

    private static (IReadOnlyList<TrainingDomain> Domains, string Hash) Domains(string corpus, Session session, CancellationToken cancellation)
    {
        if (corpus == DotNetApi.Name)
        {
            var data = DotNetApi.Load(progress: session.Progress, ct: cancellation);
            return ([.. data.Training.Select(assembly => TrainingDomain.From(assembly.Task))], data.Hash);
        }

        var task = session.Task(corpus);
        return ([TrainingDomain.From(task)], task.Corpus.Hash);
    }

    /// <summary>Each line of the history as a note; the step as progress.</summary>
    private sealed class Lines(Session session, int steps) : IProgress<TrainingRecord>
    {
        public void Report(TrainingRecord value)
        {
            session.Progress.Report(new WorkProgress("train", value.Step, steps, "steps"));
            if (value.Step % 50 == 0)
            {
                session.Display.Note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"step {value.Step}: loss {value.Loss:f4}, learning rate {value.LearningRate:g3}, gradient norm {value.GradientNorm:f2}, {value.TokensPerSecond:f0} tokens/s"));
            }
        }
    }
}

/// <summary>What <c>train</c> takes; the defaults made <c>cde-mini</c>.</summary>
public sealed record TrainOptions : CommandOptions
{
    private static readonly TrainingOptions Defaults = new();

    /// <summary>Training data.</summary>
    [Option("Training corpus: dotnet-api (its training assemblies), or a corpus with queries and judgements", ValueName = "NAME", Completes = Completes.Corpora)]
    public string Corpus { get; init; } = DotNetApi.Name;

    /// <summary>Which model.</summary>
    [Option("Two-stage contextual model, or a plain bi-encoder of the same second-stage size", Choices = ["contextual", "bi-encoder"])]
    public string Architecture { get; init; } = "contextual";

    /// <summary>Optimiser steps.</summary>
    [Option("Optimiser steps of the whole run", Min = 1)]
    public int Steps { get; init; } = Defaults.Steps;

    /// <summary>Pairs a batch.</summary>
    [Option("Pairs in a batch, all of one domain", Min = 2)]
    public int BatchSize { get; init; } = Defaults.BatchSize;

    /// <summary>Context documents.</summary>
    [Option("Documents in a context", Min = 1, Max = 4096)]
    public int ContextSize { get; init; } = Defaults.ContextSize;

    /// <summary>Corpus statistics.</summary>
    [Option("Let texts see in how many of the context's documents each word piece occurs; with --architecture bi-encoder that is all of the context (take 512 documents)")]
    public bool ContextStatistics { get; init; }

    /// <summary>Null contexts.</summary>
    [Option("Share of the batches embedded with the null context", Min = 0, Max = 1)]
    public double NullContextShare { get; init; } = Defaults.NullContextShare;

    /// <summary>d.</summary>
    [Option("Width of the model", Min = 8)]
    public int Width { get; init; } = Defaults.Width;

    /// <summary>Second-stage layers.</summary>
    [Option("Layers of the second stage, and of the bi-encoder", Min = 1)]
    public int Layers { get; init; } = Defaults.Layers;

    /// <summary>First-stage layers.</summary>
    [Option("Layers of the first stage", Min = 1)]
    public int FirstStageLayers { get; init; } = Defaults.FirstStageLayers;

    /// <summary>H.</summary>
    [Option("Attention heads", Min = 1)]
    public int Heads { get; init; } = Defaults.Heads;

    /// <summary>Vocabulary.</summary>
    [Option("Pieces of the vocabulary trained from the training texts", Min = 100)]
    public int VocabularySize { get; init; } = Defaults.VocabularySize;

    /// <summary>Length limit.</summary>
    [Option("Most tokens of a text", Min = 4)]
    public int MaxTokens { get; init; } = Defaults.MaxTokens;

    /// <summary>Peak learning rate.</summary>
    [Option("Peak learning rate", Min = 1e-8, Max = 1)]
    public double LearningRate { get; init; } = Defaults.LearningRate;

    /// <summary>Warm-up.</summary>
    [Option("Steps until the peak learning rate", Min = 0)]
    public int WarmupSteps { get; init; } = Defaults.WarmupSteps;

    /// <summary>Temperature.</summary>
    [Option("Temperature of the contrastive loss", Min = 1e-4, Max = 10)]
    public double Temperature { get; init; } = Defaults.Temperature;

    /// <summary>Checkpoint interval.</summary>
    [Option("Steps between checkpoints", Min = 1)]
    public int CheckpointEvery { get; init; } = Defaults.CheckpointEvery;

    /// <summary>Time limit.</summary>
    [Option("Stop cleanly at the first checkpoint after so many minutes; 0 for no limit", Min = 0)]
    public double Minutes { get; init; }

    /// <summary>No training at all.</summary>
    [Option("Train nothing: write the model as it is before the first step")]
    public bool WriteUntrained { get; init; }

    /// <summary>Seed.</summary>
    [Option("Seed of the initial weights, the order of batches and the contexts", Min = 0)]
    public long Seed { get; init; } = Defaults.Seed;

    /// <summary>The library's options.</summary>
    public TrainingOptions ToTrainingOptions() => new()
    {
        Architecture = Architecture == "contextual" ? TrainedArchitecture.Contextual : TrainedArchitecture.BiEncoder,
        Steps = Steps,
        BatchSize = BatchSize,
        ContextSize = ContextSize,
        ContextStatistics = ContextStatistics,
        NullContextShare = NullContextShare,
        Width = Width,
        Layers = Layers,
        FirstStageLayers = FirstStageLayers,
        Heads = Heads,
        VocabularySize = VocabularySize,
        MaxTokens = MaxTokens,
        LearningRate = LearningRate,
        WarmupSteps = WarmupSteps,
        Temperature = Temperature,
        CheckpointEvery = CheckpointEvery,
        Seed = Seed,
    };
}

/// <summary>How far the run is.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Step">Optimiser steps taken.</param>
/// <param name="Steps">Of the whole run.</param>
/// <param name="Model">The finished model's folder; null while steps are left.</param>
/// <param name="History">A line every ten steps.</param>
public sealed record TrainResult(string Run, long Step, int Steps, string? Model, IReadOnlyList<TrainingRecord> History) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Paragraph(Model is null ? $"step {Step} of {Steps}; run the same command again to go on" : $"finished: {Model}"),
        new Table(
            [">step", ">loss", ">learning rate", ">gradient norm", ">tokens/s"],
            [.. History.Where((_, i) => i % Math.Max(1, History.Count / 15) == 0 || i == History.Count - 1).Select(record => (IReadOnlyList<string>)
            [
                record.Step.ToString(CultureInfo.InvariantCulture),
                record.Loss.ToString("f4", CultureInfo.InvariantCulture),
                record.LearningRate.ToString("g3", CultureInfo.InvariantCulture),
                record.GradientNorm.ToString("f2", CultureInfo.InvariantCulture),
                record.TokensPerSecond.ToString("f0", CultureInfo.InvariantCulture),
            ])]));
}
