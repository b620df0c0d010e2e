using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>Where the documents of a training context come from (spec ).</summary>
public enum ContextStrategy
{
    /// <summary>Random documents of the batch's domain.</summary>
    Corpus,

    /// <summary>Documents of the batch itself, hard negatives included, in random order (<c>topk</c> in cde); a small batch gives fewer.</summary>
    Batch,

    /// <summary>Half of them from the batch, the rest from its domain.</summary>
    Mixed,

    /// <summary>Four random documents of the domain a position, whose first-stage vectors are averaged.</summary>
    Pooled,

    /// <summary>None: the null vector everywhere.</summary>
    Null,
}

/// <summary>What the batch's texts are embedded in: section <c>context</c>. A model without a context reads none of it.</summary>
public sealed record TrainingContextOptions
{
    /// <summary>Documents in a training context; the model's minicorpus size.</summary>
    [Description("Documents in a training context; the model's minicorpus size")]
    [Range(1, 4096)]
    public int Size { get; init; } = 128;

    /// <summary>Where they come from.</summary>
    [Description("Where they come from: random documents of the batch's domain, the batch itself, half of each, four averaged a position, or none")]
    public ContextStrategy Strategy { get; init; } = ContextStrategy.Corpus;

    /// <summary>Share of the batches that are embedded with the null context.</summary>
    [Description("Share of the batches embedded with the null context")]
    [Range(0.0, 1.0)]
    public double NullShare { get; init; } = 0.1;

    /// <summary>Probability with which each context vector is replaced by the null vector; 0.005 in the paper.</summary>
    [Description("Probability with which each context vector is replaced by the null vector")]
    [Range(0.0, 0.99)]
    public double SequenceDropout { get; init; }

    /// <summary>Whether the model sees corpus statistics (<see cref="Models.ContextStatistics"/>): beside the first stage's vectors, or, in a bi-encoder, alone. The context's documents are counted.</summary>
    [Description("Let texts see in how many of the context's documents each word piece occurs; for a bi-encoder that is all of the context (take 512 documents)")]
    public bool Statistics { get; init; }
}
