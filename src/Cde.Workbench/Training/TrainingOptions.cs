using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>Which model a run trains.</summary>
public enum TrainedArchitecture
{
    /// <summary>The two-stage contextual encoder.</summary>
    Contextual,

    /// <summary>The plain bi-encoder of the same second-stage size, which a contextual model is compared with.</summary>
    BiEncoder,
}

/// <summary>
/// What a training run is made of. The defaults are those of <c>cde-mini</c>; a run's checkpoint keeps them, and a resumed run must be given the same.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Which model.</summary>
    public TrainedArchitecture Architecture { get; init; } = TrainedArchitecture.Contextual;

    /// <summary>Optimiser steps of the whole run.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 2000;

    /// <summary>Pairs in a batch, all of one domain.</summary>
    [Range(2, 65_536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Documents in a training context; the model's minicorpus size.</summary>
    [Range(1, 4096)]
    public int ContextSize { get; init; } = 128;

    /// <summary>Whether the model sees corpus statistics (<see cref="Models.ContextStatistics"/>): beside the first stage's vectors, or, in a bi-encoder, alone. The context's documents are counted.</summary>
    public bool ContextStatistics { get; init; }

    /// <summary>Share of the batches that are embedded with the null context.</summary>
    [Range(0.0, 1.0)]
    public double NullContextShare { get; init; } = 0.1;

    /// <summary>d.</summary>
    [Range(8, 4096)]
    public int Width { get; init; } = 192;

    /// <summary>Layers of the second stage, and of the bi-encoder.</summary>
    [Range(1, 64)]
    public int Layers { get; init; } = 3;

    /// <summary>Layers of the first stage. One loses under 1 % in the paper.</summary>
    [Range(1, 64)]
    public int FirstStageLayers { get; init; } = 1;

    /// <summary>H.</summary>
    [Range(1, 64)]
    public int Heads { get; init; } = 6;

    /// <summary>Width of the gated feed-forward layer, a multiple of 256.</summary>
    [Range(8, 16_384)]
    public int Inner { get; init; } = 512;

    /// <summary>Pieces in the vocabulary trained from the training texts.</summary>
    [Range(100, 200_000)]
    public int VocabularySize { get; init; } = 12_000;

    /// <summary>Most tokens of a query or document.</summary>
    [Range(4, 2048)]
    public int MaxTokens { get; init; } = 96;

    /// <summary>Peak learning rate.</summary>
    [Range(1e-8, 1.0)]
    public double LearningRate { get; init; } = 6e-4;

    /// <summary>Steps until the peak.</summary>
    [Range(0, 1_000_000)]
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Decoupled weight decay, on matrices only.</summary>
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Largest gradient norm before an update.</summary>
    [Range(1e-6, 1e6)]
    public double ClipNorm { get; init; } = 1.0;

    /// <summary>Of the contrastive loss.</summary>
    [Range(1e-4, 10.0)]
    public double Temperature { get; init; } = 0.02;

    /// <summary>Pieces, sorted by length, in which a batch is encoded: less padding for more products.</summary>
    [Range(1, 64)]
    public int LengthGroups { get; init; } = 3;

    /// <summary>Steps between checkpoints.</summary>
    [Range(1, 1_000_000)]
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>Of the initial weights, the order of batches and the contexts.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Checks every range, and what must fit together.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("training options: " + results[0].ErrorMessage);
        if (Width % Heads != 0 || Width / Heads % 2 != 0)
            throw new CdeException($"training options: Width {Width} must be an even multiple of Heads {Heads} (rotary positions turn pairs)");
        if (WarmupSteps >= Steps)
            throw new CdeException($"training options: WarmupSteps {WarmupSteps} must be below Steps {Steps}");
    }
}
