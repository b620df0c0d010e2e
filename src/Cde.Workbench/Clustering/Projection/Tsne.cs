using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// t-SNE (van der Maaten and Hinton 2008) in two dimensions, by Barnes and Hut's cells above <see cref="TsneOptions.ExactPoints"/> (van der Maaten 2014): a
/// layout whose similarities by Student's t are near those of the original space. Neighbourhoods can be believed; distances between clusters cannot.
/// </summary>
/// <remarks>
/// Neighbours are exact and always of the original space; the start is that of the principal components (Kobak and Berens 2019), so nothing is drawn at
/// random. The same vectors and options give the same map bit for bit, whatever the number of threads. Memory is O(N perplexity).
/// </remarks>
public static class Tsne
{
    private const double StartDeviation = 1e-4; // of the first axis, as scikit-learn

    /// <summary>Maps the rows of matrices.</summary>
    /// <param name="vectors">Matrices of one width.</param>
    /// <param name="options">How; the defaults where left out.</param>
    /// <param name="progress">Told in pairs of points, then in iterations.</param>
    /// <param name="cancellationToken">Stops between blocks and iterations.</param>
    /// <exception cref="CdeException">
    /// There are fewer than four rows or than three times the perplexity, all are equal, or one holds NaN or infinity; the rows are named.
    /// </exception>
    public static MapPoints Fit(
        IReadOnlyList<EmbeddingMatrix> vectors, TsneOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        var points = MapVectors.Of(vectors, options.Metric);
        MapVectors.Check(points, cancellationToken);
        var n = points.Count;
        if (options.Perplexity > TsneOptions.MostPerplexity(n))
        {
            throw new CdeException(TsneOptions.MostPerplexity(n) < 1
                ? $"t-SNE needs 4 vectors at least, there are {n}; give a larger corpus"
                : $"t-SNE: perplexity {options.Perplexity} is too large for {n} points, of each of which three times as many neighbours are looked at; ask for {TsneOptions.MostPerplexity(n)} at most");
        }

        var isExact = n <= options.ExactPoints;
        var neighbours = NearestNeighbours.Find(points, isExact ? n - 1 : (int)Math.Ceiling(3 * options.Perplexity), options.Metric, progress, cancellationToken);
        var similarities = PointSimilarities.Joint(neighbours, options.Perplexity, cancellationToken);
        var positions = Scaled(MapStarts.Rounded(MapStarts.Principal(points, cancellationToken)));
        var descent = new TsneDescent(similarities, options, isExact ? 0 : options.Theta);
        return MapPoints.Of(descent.Run(positions, progress, cancellationToken));
    }

    private static float[] Scaled(double[] pairs)
    {
        var first = pairs.Where((_, i) => i % 2 == 0).ToList();
        var mean = first.Average();
        var deviation = Math.Sqrt(first.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(pairs, value => (float)(value / deviation * StartDeviation));
    }
}
