using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>How much is measured.</summary>
internal sealed record BenchPlan
{
    /// <summary>Of weights, token ids and samples.</summary>
    public required long Seed { get; init; }

    /// <summary>The parts to measure beside the matrix products.</summary>
    public required IReadOnlyList<string> Sections { get; init; }

    /// <summary>Tokens a text.</summary>
    public required IReadOnlyList<int> Lengths { get; init; }

    /// <summary>float32, bfloat16 or both.</summary>
    public required IReadOnlyList<ScalarType> Precisions { get; init; }

    /// <summary>Measured runs, of which the median counts.</summary>
    public required int Runs { get; init; }

    /// <summary>Positions that a run computes, about.</summary>
    public required int Positions { get; init; }

    /// <summary>Texts whose bfloat16 vectors are compared with float32.</summary>
    public required int CosineTexts { get; init; }

    /// <summary>Documents of the corpus for tokenisation, and vectors for search.</summary>
    public required int Documents { get; init; }

    /// <summary>Points of the measured maps.</summary>
    public int MapPoints { get; init; } = 50_000;

    /// <summary>Points that are clustered and mined from.</summary>
    public int ClusteredPoints { get; init; } = 100_000;

    /// <summary>Texts of the corpus' natural lengths that the peer encodes too.</summary>
    public required int NaturalTexts { get; init; }

    /// <summary>Pairs in the batch of a training step.</summary>
    public required int TrainingPairs { get; init; }

    /// <summary>Whether the layers are also measured one operator at a time.</summary>
    public bool Unfused { get; init; } = true;

    /// <summary>Whether a part is measured.</summary>
    public bool Has(string section) => Sections.Contains(section);

    /// <summary>Seconds that one run of the peer should take at most.</summary>
    public required double PeerSeconds { get; init; }
}
