namespace Cde.Workbench.Clustering;

/// <summary>
/// How likely each point would pick another as its neighbour: proportional to exp(-beta d^2), beta such that the distribution's entropy is the logarithm of
/// the perplexity (van der Maaten and Hinton 2008, section 2).
/// </summary>
internal static class PointSimilarities
{
    private const int Steps = 100; // of the bisection, as scikit-learn
    private const double Close = 1e-5;

    /// <summary>The joint similarities of pairs, (p(i|j) + p(j|i)) / 2N; they sum to 1.</summary>
    public static SparseGraph Joint(NeighbourGraph neighbours, double perplexity, CancellationToken cancellationToken)
    {
        var (n, k) = (neighbours.Count, neighbours.Neighbours);
        var weights = new float[n * k];
        Parallel.For(0, n, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var shares = new double[k];
            Conditional(neighbours.Squares(i), perplexity, shares);
            for (var j = 0; j < k; j++)
                weights[(i * k) + j] = (float)shares[j];
        });
        var scale = 1 / (2 * (float)n);
        return SparseGraph.Of(neighbours, weights, (p, q) => (p + q) * scale);
    }

    /// <summary>The distribution of one point over its neighbours.</summary>
    /// <param name="squares">Squared distances, rising.</param>
    /// <param name="perplexity">exp of the entropy to reach; below the number of neighbours.</param>
    /// <param name="shares">Filled with numbers that sum to 1.</param>
    public static void Conditional(ReadOnlySpan<float> squares, double perplexity, Span<double> shares)
    {
        var target = Math.Log(perplexity);
        // Distances count from the nearest, in units of their mean: this changes no share, and no scale is too small or large for the search.
        var unit = 0.0;
        foreach (var square in squares)
            unit += ((double)square - squares[0]) / squares.Length;
        var (low, high, beta) = (0.0, double.PositiveInfinity, 1.0);
        for (var step = 0; step < Steps; step++)
        {
            var (total, moment) = (0.0, 0.0);
            for (var j = 0; j < squares.Length; j++)
            {
                var square = unit > 0 ? ((double)squares[j] - squares[0]) / unit : 0;
                shares[j] = Math.Exp(-beta * square);
                (total, moment) = (total + shares[j], moment + (square * shares[j]));
            }

            for (var j = 0; j < squares.Length; j++)
                shares[j] /= total;
            var entropy = Math.Log(total) + (beta * moment / total);
            if (Math.Abs(entropy - target) < Close || unit == 0)
                return;
            if (entropy > target)
                low = beta;
            else
                high = beta;
            beta = double.IsInfinity(high) ? beta * 2 : (low + high) / 2;
        }
    }
}
