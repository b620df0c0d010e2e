using System.Text.Json;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Training;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Kernels.Commands;

/// <summary>
/// What <c>train</c> takes: a configuration file, and short names for the options of it that are set most. Options that are left out have the file's value, or
/// the default that made <c>cde-mini</c>.
/// </summary>
public sealed record TrainOptions : CommandOptions
{
    /// <summary>A configuration file.</summary>
    [Option("Options in a JSON file, as --show-config prints it; the options of the command line go before it", ValueName = "FILE", Completes = Completes.Files)]
    public string? Config { get; init; }

    /// <summary>A run to go on with.</summary>
    [Option("Go on with the run in this folder, with its own options", ValueName = "DIR", Completes = Completes.Files)]
    public string? Resume { get; init; }

    /// <summary>Any option of the file.</summary>
    [Option("Set any option of the configuration, such as loss.name=guided or optimizer.layerDecay=0.9; may be repeated", ValueName = "NAME=VALUE")]
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Prints the configuration instead of training.</summary>
    [Option("Print every option with its value as JSON, and train nothing")]
    public bool ShowConfig { get; init; }

    /// <summary>Prints the schema instead of training.</summary>
    [Option("Print the JSON schema of the configuration, and train nothing")]
    public bool ShowSchema { get; init; }

    /// <summary>Training data.</summary>
    [Option("Training corpus: dotnet-api (its training assemblies), a corpus with queries and judgements, or training files; may be repeated", ValueName = "NAME", Completes = Completes.Corpora)]
    public IReadOnlyList<string> Corpus { get; init; } = [];

    /// <summary>Which model.</summary>
    [Option("Two-stage contextual model, or a plain bi-encoder of the same second-stage size", Choices = ["contextual", "bi-encoder"])]
    public string? Architecture { get; init; }

    /// <summary>A model to go on from.</summary>
    [Option("Model to go on from: a name (see models list), or a model folder", ValueName = "NAME", Completes = Completes.Models)]
    public string? Start { get; init; }

    /// <summary>A loss by name.</summary>
    [Option("Loss by name, as docs/losses.md lists them", ValueName = "NAME")]
    public string? Loss { get; init; }

    /// <summary>Temperature of the loss.</summary>
    [Option("Temperature of the loss", Min = 1e-4, Max = 100)]
    public double? Temperature { get; init; }

    /// <summary>Optimiser steps.</summary>
    [Option("Optimiser steps of the whole run", Min = 1)]
    public int? Steps { get; init; }

    /// <summary>Pairs a batch.</summary>
    [Option("Most pairs in a batch", Min = 2)]
    public int? BatchSize { get; init; }

    /// <summary>Which pairs stand together.</summary>
    [Option("Which pairs stand in a batch together", Choices =
        [RandomBatchSampler.SamplerName, DomainBatchSampler.SamplerName, ClusterBatchSampler.SamplerName, DomainClusterBatchSampler.SamplerName, LengthBatchSampler.SamplerName])]
    public string? Sampler { get; init; }

    /// <summary>Context documents.</summary>
    [Option("Documents in a context", Min = 1, Max = 4096)]
    public int? ContextSize { get; init; }

    /// <summary>Corpus statistics.</summary>
    [Option("Let texts see in how many of the context's documents each word piece occurs; with --architecture bi-encoder that is all of the context (take 512 documents)")]
    public bool? ContextStatistics { get; init; }

    /// <summary>Null contexts.</summary>
    [Option("Share of the batches embedded with the null context", Min = 0, Max = 1)]
    public double? NullContextShare { get; init; }

    /// <summary>d.</summary>
    [Option("Width of the model", Min = 8)]
    public int? Width { get; init; }

    /// <summary>Second-stage layers.</summary>
    [Option("Layers of the second stage, and of the bi-encoder", Min = 1)]
    public int? Layers { get; init; }

    /// <summary>First-stage layers.</summary>
    [Option("Layers of the first stage", Min = 1)]
    public int? FirstStageLayers { get; init; }

    /// <summary>H.</summary>
    [Option("Attention heads", Min = 1)]
    public int? Heads { get; init; }

    /// <summary>Vocabulary.</summary>
    [Option("Pieces of the vocabulary trained from the training texts", Min = 100)]
    public int? VocabularySize { get; init; }

    /// <summary>Length limit.</summary>
    [Option("Most tokens of a text", Min = 4)]
    public int? MaxTokens { get; init; }

    /// <summary>Peak learning rate.</summary>
    [Option("Peak learning rate", Min = 1e-9, Max = 1)]
    public double? LearningRate { get; init; }

    /// <summary>Warm-up.</summary>
    [Option("Steps until the peak learning rate", Min = 0)]
    public int? WarmupSteps { get; init; }

    /// <summary>Checkpoint interval.</summary>
    [Option("Steps between checkpoints", Min = 1)]
    public int? CheckpointEvery { get; init; }

    /// <summary>Seed.</summary>
    [Option("Seed of the initial weights, the order of batches, the contexts and dropout")]
    public long? Seed { get; init; }

    /// <summary>Where to compute.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string? Device { get; init; }

    /// <summary>Processes on this machine.</summary>
    [Option("Processes that share the run on this machine, each batch's pairs divided among them; a run is resumed with as many as it was started with", Min = 1, Max = 1024)]
    public int Processes { get; init; } = 1;

    /// <summary>Time limit.</summary>
    [Option("Stop cleanly at the first checkpoint after so many minutes; 0 for no limit", Min = 0)]
    public double Minutes { get; init; }

    /// <summary>Whether malformed records are left out.</summary>
    [Option("Leave malformed lines of training files out and count them, where otherwise the first one ends the command")]
    public bool SkipBad { get; init; }

    /// <summary>No training at all.</summary>
    [Option("Train nothing: write the model as it is before the first step")]
    public bool WriteUntrained { get; init; }

    /// <summary>The library's options: those of the file or of the run that is resumed, with those of the command line over them.</summary>
    /// <exception cref="CdeException">A value is unknown, out of range, or contradicts another.</exception>
    public TrainingOptions ToTrainingOptions()
    {
        var options = Resume is { } run ? new Cde.Workbench.Training.Runs.RunFolder(run).Options
            : Config is { } file ? TrainingConfiguration.Read(file) : new TrainingOptions();
        return TrainingConfiguration.With(options, Assignments().Concat(Set));
    }

    /// <summary>The short names that were given, as options of the configuration.</summary>
    private IEnumerable<string> Assignments()
    {
        (string Path, object? Value)[] given =
        [
            ("data.corpora", Corpus.Count == 0 ? null : JsonSerializer.Serialize(Corpus)), ("model.architecture", Architecture), ("model.start", StartFolder()), ("loss.name", Loss), ("loss.options.temperature", Temperature), ("steps", Steps),
            ("batch.size", BatchSize), ("batch.sampler", Sampler), ("context.size", ContextSize), ("context.statistics", ContextStatistics), ("context.nullShare", NullContextShare), ("model.width", Width),
            ("model.layers", Layers), ("model.firstStageLayers", FirstStageLayers), ("model.heads", Heads), ("model.vocabularySize", VocabularySize), ("model.maxTokens", MaxTokens),
            ("optimizer.learningRate", LearningRate), ("schedule.warmupSteps", WarmupSteps), ("checkpointEvery", CheckpointEvery), ("seed", Seed), ("device", Device),
        ];
        return given.Where(entry => entry.Value is not null).Select(entry => $"{entry.Path}={Text(entry.Value!)}");

        static string Text(object value) => value switch
        {
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }

    /// <summary>The folder of the model that <c>--start</c> names; the configuration has folders only.</summary>
    private string? StartFolder() => Start is null || Directory.Exists(Start) ? Start
        : KnownModels.FolderOf(Start) ?? throw new CdeException($"--start {Start}: the model is not on this machine; type: ./cde models download {Start}");
}
