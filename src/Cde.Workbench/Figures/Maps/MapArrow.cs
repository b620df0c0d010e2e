namespace Cde.Workbench.Figures;

/// <summary>A way on a map: where a document lay under one context, and where it lies under another.</summary>
/// <param name="FromX">The beginning, in the points' units.</param>
/// <param name="FromY">The beginning, in the points' units.</param>
/// <param name="ToX">The end.</param>
/// <param name="ToY">The end.</param>
/// <param name="Hint">What moved, for where it is pointed at; may be empty.</param>
/// <param name="Group">The group whose colour it has; negative for grey. Default: grey.</param>
public sealed record MapArrow(float FromX, float FromY, float ToX, float ToY, string Hint = "", int Group = -1)
{
    /// <summary>How far it is, in the points' units.</summary>
    public double Length => Math.Sqrt(Math.Pow((double)ToX - FromX, 2) + Math.Pow((double)ToY - FromY, 2));
}
