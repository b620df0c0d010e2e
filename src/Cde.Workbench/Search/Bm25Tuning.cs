namespace Cde.Workbench.Search;

/// <summary>What <see cref="Bm25Tuner"/> found.</summary>
/// <param name="Options">The options with the best k1 and b.</param>
/// <param name="Score">Their score.</param>
/// <param name="Grid">Every pair with its score, by k1 and b.</param>
public sealed record Bm25Tuning(Bm25Options Options, double Score, IReadOnlyList<(double K1, double B, double Score)> Grid);
