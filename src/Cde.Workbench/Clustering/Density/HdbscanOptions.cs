using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Clustering;

/// <summary>Which clusters of the hierarchy are taken.</summary>
public enum ClusterSelection
{
    /// <summary>Those whose stability is larger than that of the clusters inside them.</summary>
    ExcessOfMass,

    /// <summary>Those without clusters inside them: smaller and more alike.</summary>
    Leaf,
}

/// <summary>How HDBSCAN runs. The defaults are those of the hdbscan package.</summary>
public sealed record HdbscanOptions
{
    /// <summary>The fewest points that count as a cluster.</summary>
    /// <value>From 2; default 5.</value>
    [Range(2, int.MaxValue)]
    public int MinClusterSize { get; init; } = 5;

    /// <summary>The core distance of a point is that to its so-many-th nearest other point: larger values leave more points as noise.</summary>
    /// <value>From 1; <see cref="MinClusterSize"/> where null.</value>
    [Range(1, int.MaxValue)]
    public int? MinSamples { get; init; }

    /// <summary>How far two points are. <see cref="ClusterMetric.Cosine"/> measures Euclidean distances of unit vectors, which order as cosines do.</summary>
    /// <value>Default: Euclidean.</value>
    public ClusterMetric Metric { get; init; } = ClusterMetric.Euclidean;

    /// <summary>Which clusters of the hierarchy are taken.</summary>
    /// <value>Default: by excess of mass.</value>
    public ClusterSelection Selection { get; init; } = ClusterSelection.ExcessOfMass;

    /// <summary>Clusters that part at a smaller distance than this are not parted.</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, double.MaxValue)]
    public double Epsilon { get; init; }

    /// <summary>Whether all points may be one cluster.</summary>
    /// <value>Default: no.</value>
    public bool AllowSingleCluster { get; init; }

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("HDBSCAN: " + results[0].ErrorMessage);
    }

    /// <summary>A text that names everything the result depends on, for hashes.</summary>
    internal string Key() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"size {MinClusterSize}, samples {MinSamples ?? MinClusterSize}, {Metric}, {Selection}, epsilon {Epsilon:R}, single {AllowSingleCluster}");
}
