namespace Cde.Workbench.Evaluation;

/// <summary>Where a mean lies, by re-sampling.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Level">The share of re-sampled means inside: 0.95.</param>
public readonly record struct ConfidenceInterval(double Low, double High, double Level);
