using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// How far a map can be believed: whether neighbours on the map are neighbours in the original space, and the other way round. Of a sample of the points
/// where there are many, each of them against all points.
/// </summary>
/// <param name="Neighbours">k.</param>
/// <param name="Points">N.</param>
/// <param name="Sampled">Points looked at; N where every one was.</param>
/// <param name="Trustworthiness">
/// 1 - 2 / (N k (2N - 3k - 1)) times the sum, over points and their k nearest on the map, of how far each one's original rank is above k (Venna and
/// Kaski 2001; as scikit-learn). 1 where no stranger is near, about 0.5 for a random map.
/// </param>
/// <param name="Continuity">The same with the two spaces exchanged: 1 where no neighbour was torn away.</param>
/// <param name="Overlap">The share of the k nearest in the original space that are among the k nearest on the map.</param>
/// <param name="TrustworthinessError">Its standard error from looking at a sample; 0 where every point was looked at.</param>
/// <param name="ContinuityError">The same.</param>
/// <param name="OverlapError">The same.</param>
public sealed record MapQuality(
    int Neighbours, int Points, int Sampled, double Trustworthiness, double Continuity, double Overlap,
    double TrustworthinessError, double ContinuityError, double OverlapError)
{
    /// <summary>Points looked at where nothing else is said.</summary>
    public const int DefaultSample = 2000;

    /// <summary>k where nothing else is said.</summary>
    public const int DefaultNeighbours = 15;

    /// <summary>The largest k that the formulas allow: below half the points.</summary>
    public static int MostNeighbours(int points) => (points - 1) / 2;

    /// <summary>Judges a map. Time is O(sample N (d + k)), in double; memory 64 rows of N distances.</summary>
    /// <param name="vectors">What was mapped: matrices of one width.</param>
    /// <param name="map">Where each row lies.</param>
    /// <param name="neighbours">k, below half the points.</param>
    /// <param name="metric">How far two points are in the original space; on the map distances are Euclidean. Equally far points rank by their number.</param>
    /// <param name="sample">Points looked at, drawn at random; all where there are no more.</param>
    /// <param name="seed">Of the sample.</param>
    /// <param name="progress">Told in points.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="CdeException">The counts differ, or there are too few points for the neighbours.</exception>
    public static MapQuality Of(
        IReadOnlyList<EmbeddingMatrix> vectors, MapPoints map, int neighbours = DefaultNeighbours, ClusterMetric metric = ClusterMetric.Cosine,
        int sample = DefaultSample, long seed = 42, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Of(MapVectors.Of(vectors, metric), [.. map.X], [.. map.Y], neighbours, sample, seed, progress, cancellationToken);

    /// <summary>As the public one, of points that are unit vectors already for cosines, and of coordinates in double.</summary>
    internal static MapQuality Of(
        IPoints points, double[] x, double[] y, int neighbours, int sample, long seed, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neighbours);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sample);
        var n = points.Count;
        if (x.Length != n)
            throw new CdeException($"{n} vectors, but {x.Length} points on the map; take the map of these vectors");
        if (neighbours > MostNeighbours(n))
            throw new CdeException($"the quality of a map of {n} points by {neighbours} neighbours: they have to be fewer than half the points; ask for {MostNeighbours(n)} at most");
        int[] rows = sample < n ? [.. new Permutation(n, seed, 6).Sample(sample).Select(row => (int)row).Order()] : [.. Enumerable.Range(0, n)];
        var scores = new MapRanks(points, x, y, neighbours).Of(rows, progress, cancellationToken);
        var finite = Math.Sqrt(1 - ((double)rows.Length / n)); // nothing is left to chance where all were looked at
        var (trust, trustError) = Mean(score => score.Trustworthiness);
        var (continuity, continuityError) = Mean(score => score.Continuity);
        var (overlap, overlapError) = Mean(score => score.Overlap);
        return new MapQuality(neighbours, n, rows.Length, trust, continuity, overlap, trustError, continuityError, overlapError);

        (double Mean, double Error) Mean(Func<PointRanks, double> value)
        {
            var mean = scores.Average(value);
            var variance = scores.Length < 2 ? 0 : scores.Sum(score => (value(score) - mean) * (value(score) - mean)) / (scores.Length - 1);
            return (mean, Math.Sqrt(variance / scores.Length) * finite);
        }
    }
}
