using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// UMAP (McInnes, Healy and Melville 2018) in two dimensions: a layout in which the neighbours of each point are near and random others are not. Clusters
/// and what lies beside what can be believed; sizes of clusters and distances between far ones cannot.
/// </summary>
/// <remarks>
/// Neighbours are exact and always of the original space. The same vectors, options and seed give the same map bit for bit, whatever the number of
/// threads. Memory is O(N k).
/// </remarks>
public static class Umap
{
    private const double Box = 10; // the start's width, as umap-learn
    private const double Noise = 1e-4; // parts equal points, as umap-learn
    private const int ManyPoints = 10_000;

    /// <summary>Maps the rows of matrices.</summary>
    /// <param name="vectors">Matrices of one width.</param>
    /// <param name="options">How; the defaults where left out.</param>
    /// <param name="progress">Told in pairs of points, then in epochs.</param>
    /// <param name="cancellationToken">Stops between blocks and epochs.</param>
    /// <exception cref="CdeException">
    /// There are fewer than three rows or fewer than neighbours, all are equal, or one holds NaN or infinity; the rows are named.
    /// </exception>
    public static UmapResult Fit(
        IReadOnlyList<EmbeddingMatrix> vectors, UmapOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        var points = MapVectors.Of(vectors, options.Metric);
        MapVectors.Check(points, cancellationToken);
        if (options.Neighbours > points.Count)
            throw new CdeException($"UMAP: neighbourhoods of {options.Neighbours} points, there are {points.Count} in all; ask for {points.Count} neighbours at most");
        var neighbours = NearestNeighbours.Find(points, options.Neighbours - 1, options.Metric, progress, cancellationToken);
        var graph = FuzzyNeighbours.Union(neighbours, cancellationToken);
        var spectral = options.Start == UmapStart.Spectral && graph.IsConnected() ? SpectralStart.Of(graph, options.Seed, cancellationToken) : null;
        var positions = Place(spectral ?? MapStarts.Principal(points, cancellationToken), options.Seed);
        var descent = new UmapDescent(graph, options, options.Epochs ?? (points.Count <= ManyPoints ? 500 : 200));
        return new UmapResult(MapPoints.Of(descent.Run(positions, progress, cancellationToken)), spectral is null ? UmapStart.Pca : UmapStart.Spectral);
    }

    /// <summary>A start in the box: scaled, rounded, equal points parted.</summary>
    private static float[] Place(double[] pairs, long seed)
    {
        var random = SeededRandom.For(seed, 8);
        var placed = Array.ConvertAll(MapStarts.Rounded(pairs), value => (value * Box) + (Noise * MapStarts.Normal(random)));
        for (var axis = 0; axis < 2; axis++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = axis; i < placed.Length; i += 2)
                (low, high) = (Math.Min(low, placed[i]), Math.Max(high, placed[i]));
            for (var i = axis; i < placed.Length; i += 2)
                placed[i] = Box * (placed[i] - low) / (high - low);
        }

        return Array.ConvertAll(placed, value => (float)value);
    }
}

/// <summary>A map by UMAP.</summary>
/// <param name="Map">Where each point lies.</param>
/// <param name="Start">Where it started from: principal components, though spectral was asked for, where the neighbour graph is in several pieces.</param>
public sealed record UmapResult(MapPoints Map, UmapStart Start);
