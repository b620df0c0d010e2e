using System.Globalization;

namespace Cde.Workbench.Figures;

/// <summary>A linear axis with round ticks.</summary>
public sealed class LinearAxis : IAxis
{
    private readonly double _step;

    private LinearAxis(double minimum, double maximum, double step)
    {
        (Minimum, Maximum, _step) = (minimum, maximum, step);
        var (first, last) = ((long)Math.Ceiling((minimum / step) - 1e-9), (long)Math.Floor((maximum / step) + 1e-9));
        Ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(tick => (first + tick) * step)];
    }

    /// <inheritdoc/>
    public double Minimum { get; }

    /// <inheritdoc/>
    public double Maximum { get; }

    /// <inheritdoc/>
    public bool IsLogarithmic => false;

    /// <inheritdoc/>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The shortest axis that covers the values and has some five ticks at 1, 2, 2.5 or 5 times a power of ten.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest; one more than <paramref name="low"/> is taken where it is not larger.</param>
    public static LinearAxis Covering(double low, double high)
    {
        if (!(high > low))
            high = low + 1;
        var step = Step(low, high);
        return new LinearAxis(Math.Floor(low / step) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    /// <summary>The axis from one value to another, no further, with ticks at round values between.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest; one more than <paramref name="low"/> is taken where it is not larger.</param>
    public static LinearAxis Between(double low, double high)
    {
        if (!(high > low))
            high = low + 1;
        return new LinearAxis(low, high, Step(low, high));
    }

    /// <summary>An axis of counts from zero: ticks are whole numbers.</summary>
    /// <param name="high">The largest count, at least 1.</param>
    /// <param name="tight">Whether it ends at the largest count, else at a tick.</param>
    public static LinearAxis OfCounts(int high, bool tight)
    {
        high = Math.Max(1, high);
        var power = Math.Pow(10, Math.Floor(Math.Log10(high / 5.0)));
        var step = Math.Max(1, ((double[])[1, 2, 5, 10]).Select(factor => factor * power).First(candidate => candidate >= high / 5.0 * 0.999999));
        return new LinearAxis(0, tight ? high : Math.Ceiling(high / step) * step, step);
    }

    private static double Step(double low, double high)
    {
        var rough = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return ((double[])[1, 2, 2.5, 5, 10]).Select(factor => factor * power).First(candidate => candidate >= rough * 0.999999);
    }

    /// <inheritdoc/>
    public double Share(double value) => (value - Minimum) / (Maximum - Minimum);

    /// <summary>A tick's label, with as many decimals as the step needs.</summary>
    public string Label(double tick)
    {
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(_step) - 1e-9) + (IsQuarter ? 1 : 0), 0, 12);
        return Math.Round(tick, 12).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    private bool IsQuarter => Math.Abs((_step / Math.Pow(10, Math.Floor(Math.Log10(_step)))) - 2.5) < 1e-6;
}
