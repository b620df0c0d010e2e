namespace Cde.Workbench.Evaluation;

/// <summary>One query, or one item of another kind of task, with its scores.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text; empty where it is not known.</param>
/// <param name="Values">One value a measure; NaN where the item does not count for it.</param>
public sealed record ScoredItem(string Id, string Text, IReadOnlyList<double> Values)
{
    /// <summary>What people say of the item, where the score is no mean of items: a score, 1 or 0 for the classes, or the number of a label.</summary>
    /// <value>Default NaN: the score is a mean.</value>
    public double Gold { get; init; } = double.NaN;

    /// <summary>What the system says of it, where the score is no mean of items: a similarity, several of them, or the number of a cluster for each start.</summary>
    /// <value>Default empty: the score is a mean.</value>
    public IReadOnlyList<double> Predictions { get; init; } = [];
}
