using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>What a step sees: section <c>batch</c>.</summary>
public sealed record BatchOptions
{
    /// <summary>Most pairs in a batch.</summary>
    [Description("Most pairs in a batch")]
    [Range(2, 65_536)]
    public int Size { get; init; } = 128;

    /// <summary>Which pairs stand in a batch together.</summary>
    [Description("Which pairs stand in a batch together: any, those of one domain, of one cluster, of one cluster of one domain, or of one domain and about as long")]
    public BatchSamplerKind Sampler { get; init; } = BatchSamplerKind.Domain;

    /// <summary>Whether no text stands in a batch twice, whatever its case and blanks.</summary>
    [Description("Let no text stand in a batch twice, whatever its case and blanks")]
    public bool Distinct { get; init; }

    /// <summary>Most tokens of a batch, queries, documents and hard negatives together; 0 for no bound but <see cref="Size"/>.</summary>
    [Description("Most tokens of a batch, queries and documents together; 0 for no bound but the size")]
    [Range(0, 100_000_000)]
    public int TokenBudget { get; init; }

    /// <summary>Hard negatives a query, where the data has them.</summary>
    [Description("Hard negatives a query, where the data has them")]
    [Range(0, 64)]
    public int Negatives { get; init; }

    /// <summary>Batches whose mean gradient makes one step; each is its own in negatives.</summary>
    [Description("Batches whose mean gradient makes one step; each has its own negatives")]
    [Range(1, 1024)]
    public int Accumulation { get; init; } = 1;

    /// <summary>Pieces, sorted by length, in which a batch is encoded in one graph: less padding for more products.</summary>
    [Description("Pieces, sorted by length, in which a batch is encoded in one graph: less padding for more products")]
    [Range(1, 64)]
    public int LengthGroups { get; init; } = 3;

    /// <summary>Positions of a chunk under gradient caching, by which the memory of a step is set whatever the batch; 0 encodes in one graph.</summary>
    [Description("Positions of a chunk under gradient caching, which set the memory of a step whatever the batch; 0 encodes in one graph")]
    [Range(0, 10_000_000)]
    public int TokensPerChunk { get; init; }

    /// <summary>Activation checkpointing under gradient caching: of a chunk, only what enters each layer is kept, and the layers are computed once more.</summary>
    [Description("Activation checkpointing under gradient caching: keep only what enters each layer, and compute the layers once more")]
    public bool CheckpointLayers { get; init; }
}
