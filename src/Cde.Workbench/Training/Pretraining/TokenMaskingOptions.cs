using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>How tokens are hidden from a language model.</summary>
public sealed record TokenMaskingOptions
{
    /// <summary>Share of a text's tokens that is asked for; at least one token.</summary>
    /// <value>Default 0.15 (BERT); 0.3 in RetroMAE's encoder, 0.5 in its decoder. From 0.001 to 0.999.</value>
    [Range(0.001, 0.999)]
    public double Share { get; init; } = 0.15;

    /// <summary>Whether all pieces of a word are hidden together.</summary>
    /// <value>Default true.</value>
    public bool WholeWords { get; init; } = true;

    /// <summary>Share of the hidden tokens that becomes the mask token.</summary>
    /// <value>Default 0.8; from 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double AsMask { get; init; } = 0.8;

    /// <summary>Share of the hidden tokens that becomes a random token; the rest stays as it is.</summary>
    /// <value>Default 0.1; from 0 to 1, and with <see cref="AsMask"/> at most 1.</value>
    [Range(0.0, 1.0)]
    public double AsRandom { get; init; } = 0.1;
}
