namespace Cde.Workbench;

/// <summary>One report of a long job, as <see cref="IProgress{T}"/> carries it.</summary>
/// <param name="Stage">What is going on, in a word or two: <c>reading</c>, <c>embedding</c>.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is; 0 where nobody knows.</param>
/// <param name="Unit">What is counted: <c>documents</c>, <c>bytes</c>.</param>
public readonly record struct WorkProgress(string Stage, long Done, long Total, string Unit)
{
    /// <summary>The done share, 0 to 1; 0 where the total is unknown.</summary>
    public double Share => Total > 0 ? Math.Clamp((double)Done / Total, 0, 1) : 0;
}
