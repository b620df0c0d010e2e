using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Clustering;

/// <summary>How near two points are.</summary>
public enum ClusterMetric
{
    /// <summary>The cosine: spherical k-means. Points and centroids are L2-normalised.</summary>
    Cosine,

    /// <summary>The Euclidean distance. Points are taken as they are.</summary>
    Euclidean,
}

/// <summary>Where k-means starts from.</summary>
public enum KMeansStart
{
    /// <summary>
    /// k-means++ (Arthur and Vassilvitskii 2007): each centroid a point drawn with probability proportional to its squared distance from
    /// those chosen before, among at most max(20,000, 4 k) random points.
    /// </summary>
    PlusPlus,

    /// <summary>k different points, each equally likely, as faiss and cde start.</summary>
    Random,
}

/// <summary>What happens to a cluster that no point is assigned to.</summary>
public enum EmptyClusters
{
    /// <summary>
    /// It takes half of a cluster drawn with probability proportional to its size less one: both get that centroid, moved apart by 1/1024 of
    /// each coordinate in turn (as faiss).
    /// </summary>
    Split,

    /// <summary>It keeps its centroid.</summary>
    Keep,
}

/// <summary>How k-means runs. Equal options and points give equal clusters, bit for bit, on every machine.</summary>
public sealed record KMeansOptions
{
    /// <summary>k: how many clusters.</summary>
    /// <value>From 1 to the number of points; default 100.</value>
    [Range(1, int.MaxValue)]
    public int Clusters { get; init; } = 100;

    /// <summary>How near two points are.</summary>
    /// <value>Default: the cosine.</value>
    public ClusterMetric Metric { get; init; } = ClusterMetric.Cosine;

    /// <summary>Where each restart begins.</summary>
    /// <value>Default: k-means++.</value>
    public KMeansStart Start { get; init; } = KMeansStart.PlusPlus;

    /// <summary>Most rounds of assignment and update.</summary>
    /// <value>Default: 100, as cde.</value>
    [Range(1, 100_000)]
    public int Iterations { get; init; } = 100;

    /// <summary>Runs from different starts, of which the one with the best objective is kept.</summary>
    /// <value>Default: 3, as cde.</value>
    [Range(1, 1000)]
    public int Restarts { get; init; } = 3;

    /// <summary>A run ends when the objective gains less than this share of itself in a round, and when no point moves.</summary>
    /// <value>Default: 1e-5; 0 runs until no point moves.</value>
    [Range(0.0, 1.0)]
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>What happens to a cluster without points.</summary>
    /// <value>Default: it takes half of a large one.</value>
    public EmptyClusters EmptyClusters { get; init; } = EmptyClusters.Split;

    /// <summary>Centroids are found on at most this many random points a cluster; all points are assigned afterwards. 0 for no limit.</summary>
    /// <value>Default: 0. faiss takes 256.</value>
    [Range(0, int.MaxValue)]
    public int PointsPerCluster { get; init; }

    /// <summary>Of the starts, the random points and the splits.</summary>
    /// <value>Default: 42.</value>
    public long Seed { get; init; } = 42;

    /// <summary>Points up to this many bytes are held in memory; more are read again in each round.</summary>
    /// <value>Default: 1 GiB. It does not change the result.</value>
    [Range(0, long.MaxValue)]
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("k-means: " + results[0].ErrorMessage);
    }

    /// <summary>A text that names everything the result depends on, for hashes.</summary>
    internal string Key() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"k {Clusters}, {Metric}, {Start}, iterations {Iterations}, restarts {Restarts}, tolerance {Tolerance:R}, {EmptyClusters}, points {PointsPerCluster}, seed {Seed}");
}
