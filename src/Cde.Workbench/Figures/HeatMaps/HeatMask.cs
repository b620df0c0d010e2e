namespace Cde.Workbench.Figures;

/// <summary>Cells of a heat map that a rule names, each marked by a sign.</summary>
/// <param name="Name">What they are, in the legend.</param>
/// <param name="Cells">(rows, columns) in the order of the values.</param>
public sealed record HeatMask(string Name, bool[,] Cells);
