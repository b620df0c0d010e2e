namespace Cde.Workbench.Evaluation;

/// <summary>Several systems on one task, or on several together.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Count">Items compared.</param>
/// <param name="LeftOut">Items that not every system has.</param>
/// <param name="Means">Each system's mean; on several tasks the unweighted mean of the tasks' means.</param>
/// <param name="Intervals">The bootstrap interval of each mean.</param>
/// <param name="Pairs">Every pair of systems.</param>
/// <param name="Letters">Each system's letters: systems that share one do not differ significantly (<see cref="CompactLetters"/>).</param>
public sealed record TaskComparison(
    string Task, int Count, int LeftOut, IReadOnlyList<double> Means, IReadOnlyList<ConfidenceInterval> Intervals, IReadOnlyList<SystemPair> Pairs, IReadOnlyList<string> Letters);
