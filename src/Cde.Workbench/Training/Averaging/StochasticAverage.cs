namespace Cde.Workbench.Training.Averaging;

/// <summary>Stochastic weight averaging (Izmailov et al. 2018): the mean of the weights after every so many steps from one on, <c>a + (w - a) / (n + 1)</c> for n that have entered.</summary>
/// <param name="start">The first step whose weights enter.</param>
/// <param name="every">Steps from one to the next.</param>
internal sealed class StochasticAverage(long start, int every) : IAveragingRule
{
    public double? Share(long step) => step >= start && (step - start) % every == 0 ? 1.0 / ((step - start) / every + 1) : null;

    public bool HasBegun(long step) => step >= start;
}
