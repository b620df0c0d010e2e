namespace Cde.Workbench.Evaluation;

/// <summary>Several systems on one task, or on several together.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Count">Items compared.</param>
/// <param name="LeftOut">Items that not every system has.</param>
/// <param name="Means">Each system's mean, or other score of all items; on several tasks the unweighted mean of the tasks' means.</param>
/// <param name="Intervals">The bootstrap interval of each mean.</param>
/// <param name="Pairs">Every pair of systems; with a baseline each other system and the baseline.</param>
/// <param name="Letters">
/// Each system's letters: systems that share one do not differ significantly (<see cref="CompactLetters"/>). With a baseline <see cref="SystemComparison.Different"/> or nothing.
/// </param>
public sealed record TaskComparison(
    string Task, int Count, int LeftOut, IReadOnlyList<double> Means, IReadOnlyList<ConfidenceInterval> Intervals, IReadOnlyList<SystemPair> Pairs, IReadOnlyList<string> Letters)
{
    /// <summary>How the scores come from items; several where the tasks differ in it.</summary>
    public IReadOnlyList<ItemStatistic> Statistics { get; init; } = [ItemStatistic.Mean];

    /// <summary>The test that decided: the one asked for, or the bootstrap where a score is no mean of items.</summary>
    public PairedTestKind Test { get; init; }
}
