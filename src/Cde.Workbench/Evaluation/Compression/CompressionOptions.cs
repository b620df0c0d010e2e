using Cde.Workbench.Search;

namespace Cde.Workbench.Evaluation;

/// <summary>What a <see cref="CompressionStudy"/> tries.</summary>
public sealed record CompressionOptions
{
    /// <summary>The widths beside the full one: the first so many components, normalised again.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<int> Dimensions { get; init; } = [];

    /// <summary>The precisions, and how what they find is put in order. The first stands for the full quality and is float32 by custom.</summary>
    /// <value>Default: float32, int8, uint8, bits rescored by the query in float32, and bits alone.</value>
    public IReadOnlyList<(VectorPrecision Precision, Rescoring Rescoring)> Forms { get; init; } =
    [
        (VectorPrecision.Float32, Rescoring.None), (VectorPrecision.Int8, Rescoring.Values), (VectorPrecision.Uint8, Rescoring.Values), (VectorPrecision.Binary, Rescoring.Values),
        (VectorPrecision.Binary, Rescoring.None),
    ];

    /// <summary>How many times the documents asked for are scored again.</summary>
    /// <value>At least 1; default 4, as sentence-transformers.</value>
    public int Multiplier { get; init; } = QuantizedSearch.DefaultMultiplier;

    /// <summary>Documents found for each query.</summary>
    /// <value>At least 1; default 100.</value>
    public int Depth { get; init; } = 100;

    /// <summary>Draws of intervals and tests.</summary>
    /// <value>Default 10,000.</value>
    public int Draws { get; init; } = PairedTest.DefaultDraws;

    /// <summary>Their seed.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; init; } = 1;
}
