namespace Cde.Workbench.Evaluation;

/// <summary>One query, or one item of another kind of task, with its scores.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text; empty where it is not known.</param>
/// <param name="Values">One value a measure; NaN where the item does not count for it.</param>
public sealed record ScoredItem(string Id, string Text, IReadOnlyList<double> Values);
