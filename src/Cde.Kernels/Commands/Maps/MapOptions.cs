namespace Cde.Kernels.Commands;

/// <summary>What <c>map</c> takes.</summary>
public sealed record MapOptions : ContextOptions
{
    /// <summary>The name of UMAP.</summary>
    public const string Umap = "umap";

    /// <summary>The name of t-SNE.</summary>
    public const string Tsne = "t-sne";

    /// <summary>The name of principal components.</summary>
    public const string Pca = "pca";

    /// <summary>Colours by cluster.</summary>
    public const string ByCluster = "cluster";

    /// <summary>Colours by domain.</summary>
    public const string ByDomain = "domain";

    /// <summary>One colour.</summary>
    public const string ByNothing = "none";

    /// <summary>How to map.</summary>
    [Option("How to map: umap and t-sne keep neighbours together, pca keeps directions", Choices = [Umap, Tsne, Pca])]
    public string Method { get; init; } = Umap;

    /// <summary>UMAP's neighbourhoods.</summary>
    [Option("Points in a neighbourhood of UMAP, the point itself among them; 0 for 15, or all where there are fewer", Min = 0, Max = 10_000)]
    public int Neighbours { get; init; }

    /// <summary>UMAP's minimum distance.</summary>
    [Option("How near UMAP lays points of one neighbourhood", Min = 0, Max = 1)]
    public double MinDistance { get; init; } = 0.1;

    /// <summary>t-SNE's perplexity.</summary>
    [Option("Perplexity of t-SNE; 0 for 30, or the largest possible for few points", Min = 0, Max = 10_000)]
    public double Perplexity { get; init; }

    /// <summary>The distance.</summary>
    [Option("How far two vectors are, to UMAP, t-SNE and the quality of the map", Choices = ["cosine", "euclidean"])]
    public string Metric { get; init; } = "cosine";

    /// <summary>What the colours are.</summary>
    [Option("What colours and names stand for: clusters, the domains of the corpus, or nothing", Choices = [ByCluster, ByDomain, ByNothing])]
    public string ColorBy { get; init; } = ByCluster;

    /// <summary>K.</summary>
    [Option("Clusters, by k-means; 0 for the square root of the number of documents, 16 at most", Min = 0)]
    public int Clusters { get; init; }

    /// <summary>Words a name.</summary>
    [Option("Words that name a cluster", Min = 1, Max = 50)]
    public int Words { get; init; } = 2;

    /// <summary>Identifiers.</summary>
    [Option("Split identifiers at capitals in the words that name a cluster")]
    public bool SplitIdentifiers { get; init; }

    /// <summary>Queries too.</summary>
    [Option("Map the corpus' queries too, as diamonds")]
    public bool Queries { get; init; }
}
