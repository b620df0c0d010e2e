using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Clustering;

/// <summary>Where UMAP starts from.</summary>
public enum UmapStart
{
    /// <summary>The eigenvectors of the neighbour graph's normalised Laplacian; principal components where the graph is in several pieces.</summary>
    Spectral,

    /// <summary>The first two principal components.</summary>
    Pca,
}

/// <summary>How UMAP runs. The defaults are those of umap-learn, but for the metric.</summary>
public sealed record UmapOptions
{
    /// <summary>How many points count as the neighbourhood of a point, itself among them: more show the whole, fewer the details.</summary>
    /// <value>From 2 to the number of points; default 15.</value>
    [Range(2, int.MaxValue)]
    public int Neighbours { get; init; } = 15;

    /// <summary>How near points of one neighbourhood may lie on the map: less packs clusters tighter.</summary>
    /// <value>From 0 to <see cref="Spread"/>; default 0.1.</value>
    [Range(0.0, 1000.0)]
    public double MinDistance { get; init; } = 0.1;

    /// <summary>The scale of the map, against which <see cref="MinDistance"/> is measured.</summary>
    /// <value>Above 0; default 1.</value>
    [Range(1e-3, 1000.0)]
    public double Spread { get; init; } = 1;

    /// <summary>How far two points are.</summary>
    /// <value>Default: the cosine.</value>
    public ClusterMetric Metric { get; init; } = ClusterMetric.Cosine;

    /// <summary>Where it starts from.</summary>
    /// <value>Default: spectral.</value>
    public UmapStart Start { get; init; } = UmapStart.Spectral;

    /// <summary>Passes over the edges.</summary>
    /// <value>500 up to 10,000 points and 200 above where null.</value>
    [Range(1, 100_000)]
    public int? Epochs { get; init; }

    /// <summary>The first step's length; it falls to 0.</summary>
    /// <value>Default: 1.</value>
    [Range(1e-6, 1000.0)]
    public double LearningRate { get; init; } = 1;

    /// <summary>Points pushed away for each one pulled near.</summary>
    /// <value>Default: 5.</value>
    [Range(1, 1000)]
    public int NegativeSamples { get; init; } = 5;

    /// <summary>Of everything drawn at random.</summary>
    /// <value>Default: 42.</value>
    public long Seed { get; init; } = 42;

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("UMAP: " + results[0].ErrorMessage);
        if (MinDistance > Spread)
            throw new CdeException($"UMAP: a minimum distance of {MinDistance} is above the spread, {Spread}; ask for {Spread} at most");
    }
}
