namespace Cde.Workbench.Figures;

/// <summary>A row of a <see cref="DifferenceChart"/>.</summary>
/// <param name="Name">What is compared: <c>bm25 − cde-mini</c>.</param>
/// <param name="Value">The difference.</param>
/// <param name="Low">Where its interval begins.</param>
/// <param name="High">Where its interval ends.</param>
/// <param name="IsSignificant">Whether the difference is called significant.</param>
public sealed record Difference(string Name, double Value, double Low, double High, bool IsSignificant);
