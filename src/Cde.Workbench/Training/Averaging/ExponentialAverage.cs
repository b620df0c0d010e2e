namespace Cde.Workbench.Training.Averaging;

/// <summary>
/// The exponential moving average, <c>a + (1 - d)(w - a)</c>, that begins with the initial weights, with d after n steps <c>min(decay, (1 + n) / (10 + n))</c>: the
/// warm-up of TensorFlow's <c>ExponentialMovingAverage</c> with <c>num_updates</c>, which lets the initial weights go quickly.
/// </summary>
/// <param name="decay">The share that a step leaves in the end.</param>
internal sealed class ExponentialAverage(double decay) : IAveragingRule
{
    public double? Share(long step) => 1 - Math.Min(decay, (1.0 + step) / (10.0 + step));

    public bool HasBegun(long step) => step > 0;
}
