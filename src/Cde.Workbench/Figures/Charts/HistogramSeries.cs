namespace Cde.Workbench.Figures;

/// <summary>One series of a histogram.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Values">Its values, in any order; finite.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<float> Values);
