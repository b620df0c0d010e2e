using System.Numerics.Tensors;

namespace Cde.Workbench.Evaluation;

/// <summary>L-BFGS (Liu and Nocedal 1989) with ten pairs in memory and a line search for the weak Wolfe conditions by bisection (Lewis and Overton 2013).</summary>
internal static class LimitedMemoryBfgs
{
    private const int Memory = 10;
    private const int MostHalvings = 40;
    private const double Descent = 1e-4;
    private const double Curvature = 0.9;

    /// <summary>Where the function is least.</summary>
    /// <param name="start">Where to begin; it is not changed.</param>
    /// <param name="function">The value at a point; writes the gradient there.</param>
    /// <param name="iterations">Most iterations.</param>
    /// <param name="tolerance">It ends where no part of the gradient is larger, as scikit-learn's default.</param>
    /// <param name="cancellationToken">Stops between iterations.</param>
    public static double[] Minimize(double[] start, Func<double[], double[], double> function, int iterations, double tolerance = 1e-4, CancellationToken cancellationToken = default)
    {
        var (point, gradient) = (start.ToArray(), new double[start.Length]);
        var value = function(point, gradient);
        var pairs = new List<(double[] Step, double[] Change, double Scale)>();
        for (var iteration = 0; iteration < iterations && TensorPrimitives.MaxMagnitude<double>(gradient) is var largest && Math.Abs(largest) > tolerance; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var direction = Direction(gradient, pairs);
            var slope = TensorPrimitives.Dot<double>(direction, gradient);
            var first = pairs.Count == 0 ? Math.Min(1, 1 / TensorPrimitives.Norm<double>(gradient)) : 1;
            if (Search(function, point, value, direction, slope, first) is not { } next)
                break; // rounding: no lower value can be told
            double[] step = new double[point.Length], change = new double[point.Length];
            TensorPrimitives.Subtract(next.Point, point, step);
            TensorPrimitives.Subtract(next.Gradient, gradient, change);
            var product = TensorPrimitives.Dot<double>(step, change);
            if (product > 1e-12)
            {
                pairs.Add((step, change, 1 / product));
                if (pairs.Count > Memory)
                    pairs.RemoveAt(0);
            }

            (point, gradient, value) = next;
        }

        return point;
    }

    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Scale)> pairs)
    {
        var direction = gradient.ToArray();
        var shares = new double[pairs.Count];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            shares[i] = pairs[i].Scale * TensorPrimitives.Dot<double>(pairs[i].Step, direction);
            TensorPrimitives.MultiplyAdd(pairs[i].Change, -shares[i], direction, direction);
        }

        if (pairs.Count > 0)
            TensorPrimitives.Multiply(direction, 1 / (pairs[^1].Scale * TensorPrimitives.SumOfSquares<double>(pairs[^1].Change)), direction);
        for (var i = 0; i < pairs.Count; i++)
            TensorPrimitives.MultiplyAdd(pairs[i].Step, shares[i] - (pairs[i].Scale * TensorPrimitives.Dot<double>(pairs[i].Change, direction)), direction, direction);
        TensorPrimitives.Negate<double>(direction, direction);
        return direction;
    }

    private static (double[] Point, double[] Gradient, double Value)? Search(
        Func<double[], double[], double> function, double[] from, double value, double[] direction, double slope, double step)
    {
        var (low, high) = (0.0, double.PositiveInfinity);
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            double[] point = new double[from.Length], gradient = new double[from.Length];
            TensorPrimitives.MultiplyAdd(direction, step, from, point);
            var found = function(point, gradient);
            if (!(found <= value + (Descent * step * slope)))
                high = step;
            else if (TensorPrimitives.Dot<double>(gradient, direction) < Curvature * slope)
                low = step;
            else
                return (point, gradient, found);
            step = double.IsInfinity(high) ? 2 * low : (low + high) / 2;
        }

        return null;
    }
}
