using System.Globalization;
using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>How pairs of queries and documents are clustered by their words. The defaults of k-means are cde's, those of BM25 are search's.</summary>
public sealed record Bm25ClusterOptions
{
    /// <summary>Pairs a cluster: k is the number of pairs divided by this, rounded up.</summary>
    /// <value>Default: 256. Clusters are not all of one size.</value>
    public int ClusterSize { get; init; } = 256;

    /// <summary>The most times that pairs are assigned.</summary>
    /// <value>Default: 25.</value>
    public int Iterations { get; init; } = 25;

    /// <summary>It ends when the shift, the sum of the squared moves of all centroids, changes by less than this from one iteration to the next.</summary>
    /// <value>Default: 0.001.</value>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Of the pair that the first centroid is.</summary>
    /// <value>Default: 42.</value>
    public long Seed { get; init; } = 42;

    /// <summary>k1, b, how words are split, and how many threads work; the clusters do not depend on the threads.</summary>
    public Bm25Options Words { get; init; } = new();

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        if (ClusterSize < 1)
            throw new CdeException($"clusters by words: ClusterSize is {ClusterSize}; it must be 1 or more");
        if (Iterations < 1)
            throw new CdeException($"clusters by words: Iterations is {Iterations}; it must be 1 or more");
        if (!double.IsFinite(Tolerance) || Tolerance < 0)
            throw new CdeException(string.Create(CultureInfo.InvariantCulture, $"clusters by words: Tolerance is {Tolerance}; it must be 0 or more"));
        Words.Check();
    }

    /// <summary>A text that names everything the clusters of given rows depend on, for hashes; k1, b and the split of words are in the rows.</summary>
    internal string Key() => string.Create(CultureInfo.InvariantCulture, $"bm25 pairs 1, size {ClusterSize}, {Iterations} iterations, tolerance {Tolerance:R}, seed {Seed}");
}
