using MathNet.Numerics.Distributions;

namespace Cde.Workbench.Evaluation;

/// <summary>The exact sign test: wins and losses as throws of a coin; ties do not count.</summary>
public static class SignTest
{
    /// <summary>The two-sided p value; 1 where nothing was won or lost.</summary>
    /// <param name="wins">Queries on which the first is better.</param>
    /// <param name="losses">Queries on which it is worse.</param>
    public static double PValue(int wins, int losses) =>
        wins + losses == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, wins + losses, Math.Min(wins, losses)));
}
