using Cde.Kernels.Commands;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Bench;

/// <summary>Everything that <c>bench</c> measured.</summary>
public sealed record BenchResult : CommandResult
{
    /// <summary>The command that remakes it.</summary>
    public required string Command { get; init; }

    /// <summary>What it ran on.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The fastest matrix products.</summary>
    public required IReadOnlyList<GemmPeak> Peaks { get; init; }

    /// <summary>Encoders.</summary>
    public IReadOnlyList<EncodingRow> Encoding { get; init; } = [];

    /// <summary>bfloat16 against float32.</summary>
    public IReadOnlyList<CosineRow> Cosines { get; init; } = [];

    /// <summary>The tokenizer; null where the machine has no corpus.</summary>
    public TokenizationRate? Tokenization { get; init; }

    /// <summary>Exact search.</summary>
    public SearchRate? Search { get; init; }

    /// <summary>Clustering and mining.</summary>
    public IReadOnlyList<ClusteringRow> Clustering { get; init; } = [];

    /// <summary>Maps.</summary>
    public IReadOnlyList<MapRate> Maps { get; init; } = [];

    /// <summary>Scoring of ranked lists.</summary>
    public IReadOnlyList<ScoringRow> Scoring { get; init; } = [];

    /// <summary>The comparisons with PyTorch.</summary>
    public IReadOnlyList<PeerRow> Peer { get; init; } = [];

    /// <summary>Training steps.</summary>
    public IReadOnlyList<TrainingRow> Training { get; init; } = [];

    /// <summary>PyTorch's version.</summary>
    public string? PeerVersion { get; init; }

    /// <summary>What was left out, and why, in one line each.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The highest memory of the process over the whole bench, in bytes.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>What was aimed at, and what was found.</summary>
    public IReadOnlyList<AimRow> Aims { get; init; } = [];

    /// <inheritdoc/>
    public override View Describe() => BenchView.Of(this);
}
