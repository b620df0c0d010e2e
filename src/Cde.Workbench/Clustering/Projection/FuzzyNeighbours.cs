namespace Cde.Workbench.Clustering;

/// <summary>
/// How strongly each point belongs to the neighbourhood of another (McInnes, Healy and Melville 2018, section 3.1): exp(-(d - rho) / sigma), where rho is
/// the distance to the nearest other point and sigma makes the k strengths sum to log2 k.
/// </summary>
internal static class FuzzyNeighbours
{
    private const int Steps = 64; // of the bisection, as umap-learn
    private const double Close = 1e-5;
    private const double SmallestShare = 1e-3; // of the mean distance: sigma is no smaller

    /// <summary>The fuzzy union of all neighbourhoods: u + v - u v of the two strengths of a pair.</summary>
    public static SparseGraph Union(NeighbourGraph neighbours, CancellationToken cancellationToken) =>
        SparseGraph.Of(neighbours, Strengths(neighbours, cancellationToken), (u, v) => u + v - (u * v));

    /// <summary>(N, k): the strength of every neighbour.</summary>
    public static float[] Strengths(NeighbourGraph neighbours, CancellationToken cancellationToken)
    {
        var (n, k) = (neighbours.Count, neighbours.Neighbours);
        var mean = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < k; j++)
                mean += neighbours.Distance(i, j) / ((double)n * (k + 1));
        }

        var strengths = new float[n * k];
        Parallel.For(0, n, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var distances = new double[k];
            for (var j = 0; j < k; j++)
                distances[j] = neighbours.Distance(i, j);
            var (rho, sigma) = Smooth(distances, mean);
            for (var j = 0; j < k; j++)
                strengths[(i * k) + j] = distances[j] <= rho ? 1 : (float)Math.Exp(-(distances[j] - rho) / sigma);
        });
        return strengths;
    }

    /// <summary>rho and sigma of one point.</summary>
    /// <param name="distances">To the neighbours, rising; k - 1 of them, since the point itself counts as the first.</param>
    /// <param name="mean">The mean distance of all points to their neighbours.</param>
    public static (double Rho, double Sigma) Smooth(ReadOnlySpan<double> distances, double mean)
    {
        var target = Math.Log2(distances.Length + 1);
        var rho = 0.0;
        var sum = 0.0;
        foreach (var distance in distances)
        {
            rho = rho == 0 && distance > 0 ? distance : rho; // the nearest that is not the same point
            sum += distance;
        }

        var (low, high, sigma) = (0.0, double.PositiveInfinity, 1.0);
        for (var step = 0; step < Steps; step++)
        {
            var total = 0.0;
            foreach (var distance in distances)
                total += distance > rho ? Math.Exp(-(distance - rho) / sigma) : 1;
            if (Math.Abs(total - target) < Close)
                break;
            if (total > target)
                high = sigma;
            else
                low = sigma;
            sigma = double.IsInfinity(high) ? sigma * 2 : (low + high) / 2;
        }

        var own = rho > 0 ? sum / (distances.Length + 1) : mean;
        return (rho, Math.Max(sigma, Math.Max(SmallestShare * own, double.Epsilon)));
    }
}
