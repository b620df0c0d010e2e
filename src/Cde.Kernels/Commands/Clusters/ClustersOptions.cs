namespace Cde.Kernels.Commands;

/// <summary>What <c>clusters</c> takes.</summary>
public sealed record ClustersOptions : ContextOptions
{
    /// <summary>The name of clustering by k-means.</summary>
    public const string KMeans = "k-means";

    /// <summary>The name of clustering by density.</summary>
    public const string Density = "density";

    /// <summary>The name of merging the centres of small clusters by k-means.</summary>
    public const string Agglomerative = "agglomerative";

    /// <summary>How to cluster.</summary>
    [Option("How to cluster: k-means on unit vectors; agglomerative, which merges the nearest of many small clusters by k-means; or density, which leaves documents between clusters out", Choices = [KMeans, Agglomerative, Density])]
    public string Method { get; init; } = KMeans;

    /// <summary>K.</summary>
    [Option("Clusters of k-means, or left by merging; 0 for the square root of the number of documents", Min = 0)]
    public int Count { get; init; }

    /// <summary>The smallest cluster by density.</summary>
    [Option("Documents in the smallest cluster by density", Min = 2)]
    public int MinSize { get; init; } = 5;

    /// <summary>Words a label.</summary>
    [Option("Words that name a cluster", Min = 1, Max = 50)]
    public int Words { get; init; } = 5;

    /// <summary>Identifiers.</summary>
    [Option("Split identifiers at capitals in the words that name a cluster")]
    public bool SplitIdentifiers { get; init; }

    /// <summary>A field.</summary>
    [Option("Compare the clusters with the values of this field of the documents (another column, another JSON field)", ValueName = "NAME")]
    public string? Field { get; init; }

    /// <summary>Examples of each cluster.</summary>
    [Option("Documents of each cluster to list: those nearest to its centre and those furthest", Min = 1, Max = 100)]
    public int Examples { get; init; } = 1;

    /// <summary>Clusters shown.</summary>
    [Option("Clusters to show, the largest first", Min = 0)]
    public int Show { get; init; } = 30;
}
