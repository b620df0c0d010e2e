using System.Runtime.Intrinsics;

namespace Cde.Workbench.Clustering;

/// <summary>
/// How t-SNE's points push each other away: for each the sum over others of w^2 (y_i - y_j), where w = 1 / (1 + |y_i - y_j|^2), and over all pairs the sum
/// of w. Eight points along Morton's curve walk the cells together; a cell counts as one point where it looks small from all eight.
/// </summary>
/// <param name="count">N.</param>
/// <param name="theta">The width of such a cell as a share of its distance, at most; 0 sums exactly.</param>
internal sealed class Repulsion(int count, double theta)
{
    private const int Lanes = 8; // the same on every processor
    private const int GroupsTogether = 64;

    private readonly CellTree _tree = new(count);
    private readonly double[] _sums = new double[(((count + Lanes - 1) / Lanes) + GroupsTogether - 1) / GroupsTogether];
    private readonly float _bar = theta > 0 ? (float)(1 / (theta * theta)) : float.PositiveInfinity;

    /// <summary>Computes the forces at pairs (x, y) into pairs of the same order.</summary>
    /// <returns>The sum of w over all ordered pairs of different points.</returns>
    public double Of(float[] pairs, float[] forces)
    {
        _tree.Build(pairs);
        var groups = (count + Lanes - 1) / Lanes;
        Parallel.For(0, _sums.Length, chunk =>
        {
            _sums[chunk] = 0;
            for (var group = chunk * GroupsTogether; group < Math.Min(groups, (chunk + 1) * GroupsTogether); group++)
                _sums[chunk] += Group(group * Lanes, forces);
        });
        return Math.Max(_sums.Sum() - count, double.Epsilon); // each point met itself, at w = 1
    }

    private float Group(int first, float[] forces)
    {
        var lanes = Math.Min(Lanes, count - first);
        var (x, y) = (Load(_tree.X, first, lanes), Load(_tree.Y, first, lanes));
        Vector256<float> sum = default, forceX = default, forceY = default;
        var (one, bar) = (Vector256<float>.One, Vector256.Create(_bar));
        var cells = _tree.Cells;
        for (var cell = 0; cell < cells.Length;)
        {
            ref readonly var found = ref cells[cell];
            var dx = x - Vector256.Create(found.X);
            var dy = y - Vector256.Create(found.Y);
            var square = (dx * dx) + (dy * dy);
            if (found.SquaredWidth == 0 || Vector256.GreaterThanAll(square, bar * found.SquaredWidth))
            {
                var weight = one / (one + square);
                var mass = weight * found.Mass;
                sum += mass;
                forceX += mass * weight * dx;
                forceY += mass * weight * dy;
                cell = found.Next;
            }
            else if (found.First >= 0)
            {
                for (var place = found.First; place < found.First + (int)found.Mass; place++)
                {
                    dx = x - Vector256.Create(_tree.X[place]);
                    dy = y - Vector256.Create(_tree.Y[place]);
                    var weight = one / (one + (dx * dx) + (dy * dy));
                    sum += weight;
                    forceX += weight * weight * dx;
                    forceY += weight * weight * dy;
                }

                cell = found.Next;
            }
            else
            {
                cell++;
            }
        }

        var total = 0f;
        for (var lane = 0; lane < lanes; lane++)
        {
            var point = _tree.Order[first + lane];
            (forces[2 * point], forces[(2 * point) + 1]) = (forceX[lane], forceY[lane]);
            total += sum[lane];
        }

        return total;
    }

    /// <summary>Consecutive numbers; where fewer are left, the last is repeated.</summary>
    private static Vector256<float> Load(float[] values, int first, int lanes)
    {
        if (lanes == Lanes)
            return Vector256.LoadUnsafe(ref values[first]);
        Span<float> last = stackalloc float[Lanes];
        last.Fill(values[first + lanes - 1]);
        values.AsSpan(first, lanes).CopyTo(last);
        return Vector256.Create<float>(last);
    }
}
