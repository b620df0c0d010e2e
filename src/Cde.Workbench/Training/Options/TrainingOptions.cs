using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>
/// What a training run is made of: the contents of its <c>config.json</c>. The defaults are those of <c>cde-mini</c>. <see cref="TrainingConfiguration"/> reads,
/// writes and describes it.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Optimiser steps of the whole run.</summary>
    [Description("Optimiser steps of the whole run")]
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 2000;

    /// <summary>Of the initial weights, the order of batches, the contexts and dropout.</summary>
    [Description("Seed of the initial weights, the order of batches, the contexts and dropout")]
    public long Seed { get; init; } = 42;

    /// <summary>Steps between checkpoints.</summary>
    [Description("Steps between checkpoints")]
    [Range(1, 1_000_000)]
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>How many of the latest checkpoints stay on disk.</summary>
    [Description("How many of the latest checkpoints stay on disk")]
    [Range(1, 1000)]
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>Where it computes. Runs on a GPU repeat up to rounding, not bit for bit.</summary>
    [Description("Where it computes; on cuda runs repeat up to rounding, not bit for bit")]
    public TrainingDevice Device { get; init; } = TrainingDevice.Cpu;

    /// <summary>What the layers compute in; the optimiser's weights and moments are float32 always.</summary>
    [Description("What the layers compute in; the optimiser's weights and moments are float32 always")]
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    /// <summary>What it learns from.</summary>
    public TrainingDataOptions Data { get; init; } = new();

    /// <summary>What is trained.</summary>
    public TrainedModelOptions Model { get; init; } = new();

    /// <summary>What a step sees.</summary>
    public BatchOptions Batch { get; init; } = new();

    /// <summary>Clusters that batches are cut from.</summary>
    public ClusterOptions Clusters { get; init; } = new();

    /// <summary>What the batch's texts are embedded in.</summary>
    public TrainingContextOptions Context { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public LossChoice Loss { get; init; } = new();

    /// <summary>Pre-training in place of training with a loss.</summary>
    public PretrainingOptions Pretraining { get; init; } = new();

    /// <summary>A frozen model that finds false negatives.</summary>
    public GuideOptions Guide { get; init; } = new();

    /// <summary>How parameters move.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>How the learning rate goes.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>A second pass of each step where the loss is worse.</summary>
    public AdversarialOptions Adversarial { get; init; } = new();

    /// <summary>An average of the weights that becomes the model.</summary>
    public AveragingOptions Averaging { get; init; } = new();

    /// <summary>Low-rank adapters in place of full training.</summary>
    public AdapterOptions Adapter { get; init; } = new();

    /// <summary>Search on a development task while training.</summary>
    public DevelopmentOptions Evaluation { get; init; } = new();

    /// <summary>Checks every range, and what must fit together.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range or contradicts another.</exception>
    public void Validate()
    {
        foreach (var entry in OptionEntry.All)
        {
            if (entry.Complaint(entry.Value(this)) is { } complaint)
                throw new CdeException($"training options: {entry.Path} is {OptionText.Show(entry.Value(this))}, expected {complaint}");
        }

        if (OptionConflicts.Of(this).FirstOrDefault() is { } conflict)
            throw new CdeException("training options: " + conflict);
    }
}
