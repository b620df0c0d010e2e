using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>How large the chunks are; they set the memory of a step.</summary>
public sealed record GradientCacheOptions
{
    /// <summary>Most positions of a chunk of texts, padding and, under full context attention, context positions included.</summary>
    /// <value>Default 8192; at least 1. A text that is longer is a chunk of its own.</value>
    [Range(1, int.MaxValue)]
    public int TokensPerChunk { get; init; } = 8192;

    /// <summary>Most positions of a chunk of context documents.</summary>
    /// <value>Default 8192; at least 1.</value>
    [Range(1, int.MaxValue)]
    public int ContextTokensPerChunk { get; init; } = 8192;

    /// <summary>Activation checkpointing: of a chunk, keep what enters each layer alone and compute the layers once more. The memory of a chunk falls to that of one layer.</summary>
    /// <value>Default false.</value>
    public bool CheckpointLayers { get; init; }
}
