namespace Cde.Workbench.Evaluation;

/// <summary>Two systems on the same queries.</summary>
/// <param name="MeanA">The first system's mean, or other score.</param>
/// <param name="MeanB">The second system's mean.</param>
/// <param name="PValue">The two-sided p value of the paired randomisation test; of the paired bootstrap where the score is no mean of queries.</param>
/// <param name="IsExact">Whether all sign vectors were counted, and not a random sample.</param>
/// <param name="Interval">The bootstrap interval of the difference.</param>
/// <param name="Wins">Queries on which the first is better.</param>
/// <param name="Losses">Queries on which it is worse.</param>
/// <param name="Count">How many queries there are.</param>
public sealed record PairedComparison(
    double MeanA, double MeanB, double PValue, bool IsExact, ConfidenceInterval Interval, int Wins, int Losses, int Count)
{
    /// <summary>The first mean minus the second.</summary>
    public double Difference => MeanA - MeanB;

    /// <summary>Queries on which both are equal.</summary>
    public int Ties => Count - Wins - Losses;
}
