using System.Globalization;

namespace Cde.Workbench.Figures;

/// <summary>A logarithmic axis with ticks at powers of ten, and at 2 and 5 times these where it is short.</summary>
public sealed class LogAxis : IAxis
{
    private const double Short = 2.5; // decades below which 2 and 5 have ticks too
    private const int MostTicks = 8;

    private LogAxis(double minimum, double maximum)
    {
        (Minimum, Maximum) = (minimum, maximum);
        var decades = Math.Log10(maximum / minimum);
        double[] factors = decades <= Short ? [1, 2, 5] : [1];
        var (first, last) = ((int)Math.Floor(Math.Log10(minimum)), (int)Math.Ceiling(Math.Log10(maximum)));
        var stride = Math.Max(1, (int)Math.Ceiling(decades / MostTicks));
        Ticks = [.. Enumerable.Range(first, last - first + 1).Where(power => (power - first) % stride == 0)
            .SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))
            .Where(tick => tick >= minimum * 0.999999 && tick <= maximum * 1.000001)];
    }

    /// <inheritdoc/>
    public double Minimum { get; }

    /// <inheritdoc/>
    public double Maximum { get; }

    /// <inheritdoc/>
    public bool IsLogarithmic => true;

    /// <inheritdoc/>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The axis from one value to another, widened to a decade where they are closer than a factor of two.</summary>
    /// <param name="low">The smallest value, above 0.</param>
    /// <param name="high">The largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest value is not above 0.</exception>
    public static LogAxis Covering(double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(low);
        return high >= 2 * low ? new LogAxis(low, high) : new LogAxis(Math.Pow(10, Math.Floor(Math.Log10(low))), Math.Pow(10, Math.Floor(Math.Log10(low)) + 1));
    }

    /// <inheritdoc/>
    public double Share(double value) => Math.Log(value / Minimum) / Math.Log(Maximum / Minimum);

    /// <inheritdoc/>
    public string Label(double tick) => tick is >= 1e6 or < 1e-4
        ? tick.ToString("0.#e0", CultureInfo.InvariantCulture)
        : Math.Round(tick, 6).ToString("#,0.######", CultureInfo.InvariantCulture);
}
