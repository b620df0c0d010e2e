using Cde.Workbench.Search;

namespace Cde.Workbench.Evaluation;

/// <summary>One form of the vectors in a <see cref="CompressionStudy"/>.</summary>
/// <param name="Dimension">Components of a vector.</param>
/// <param name="Precision">Bits of each.</param>
/// <param name="Rescoring">How what was found is put in order.</param>
/// <param name="BytesPerVector">Bytes that a document's vector takes.</param>
/// <param name="Mean">The measure's mean.</param>
/// <param name="Interval">Its bootstrap interval.</param>
/// <param name="AgainstFull">This form against the full vectors, query by query.</param>
public sealed record CompressionPoint(
    int Dimension, VectorPrecision Precision, Rescoring Rescoring, int BytesPerVector, double Mean, ConfidenceInterval Interval, PairedComparison AgainstFull);
