namespace Cde.Workbench.Figures;

/// <summary>Something on a map beside the points, drawn as a diamond on top of them: a query, a chosen document.</summary>
/// <param name="X">Its place, in the points' units.</param>
/// <param name="Y">Its place, in the points' units.</param>
/// <param name="Id">Its name.</param>
/// <param name="Text">The beginning of its text, for where it is pointed at; may be empty.</param>
public sealed record MapMark(float X, float Y, string Id, string Text = "");
