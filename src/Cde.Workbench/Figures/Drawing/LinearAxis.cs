using System.Globalization;

namespace Cde.Workbench.Figures;

/// <summary>A linear axis with round ticks.</summary>
public sealed class LinearAxis
{
    private readonly double _step;

    private LinearAxis(double minimum, double maximum, double step)
    {
        (Minimum, Maximum, _step) = (minimum, maximum, step);
        var count = (int)Math.Round((maximum - minimum) / step);
        Ticks = [.. Enumerable.Range(0, count + 1).Select(tick => minimum + (tick * step))];
    }

    /// <summary>The first tick.</summary>
    public double Minimum { get; }

    /// <summary>The last tick.</summary>
    public double Maximum { get; }

    /// <summary>The ticks, from the smallest.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The shortest axis that covers the values and has some five ticks at 1, 2, 2.5 or 5 times a power of ten.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest; one more than <paramref name="low"/> is taken where it is not larger.</param>
    public static LinearAxis Covering(double low, double high)
    {
        if (!(high > low))
            high = low + 1;
        var rough = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = ((double[])[1, 2, 2.5, 5, 10]).Select(factor => factor * power).First(candidate => candidate >= rough * 0.999999);
        return new LinearAxis(Math.Floor(low / step) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    /// <summary>Where a value stands: 0 at the minimum, 1 at the maximum.</summary>
    public double Share(double value) => (value - Minimum) / (Maximum - Minimum);

    /// <summary>A tick's label, with as many decimals as the step needs.</summary>
    public string Label(double tick)
    {
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(_step) - 1e-9) + (IsQuarter ? 1 : 0), 0, 12);
        return Math.Round(tick, 12).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    private bool IsQuarter => Math.Abs((_step / Math.Pow(10, Math.Floor(Math.Log10(_step)))) - 2.5) < 1e-6;
}
