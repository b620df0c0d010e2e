namespace Cde.Workbench.Evaluation;

/// <summary>The mean of a value an item.</summary>
/// <param name="values">The values.</param>
internal sealed class MeanStatistic(IReadOnlyList<double> values) : IResampledStatistic
{
    private readonly double[] _values = [.. values];

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> counts)
    {
        var (sum, drawn) = (0.0, 0);
        for (var i = 0; i < _values.Length; i++)
        {
            sum += counts[i] * _values[i];
            drawn += counts[i];
        }

        return sum / drawn;
    }
}
