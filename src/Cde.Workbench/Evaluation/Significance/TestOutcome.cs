namespace Cde.Workbench.Evaluation;

/// <summary>What a test found.</summary>
/// <param name="Statistic">The test's own number: t, or the sum of ranks.</param>
/// <param name="PValue">How likely differences at least as far from 0 are where there is none; NaN where the test cannot be computed.</param>
public readonly record struct TestOutcome(double Statistic, double PValue);
