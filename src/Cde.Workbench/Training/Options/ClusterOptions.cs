using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>In which order clusters follow one another where batches are cut from them.</summary>
public enum ClusterPacking
{
    /// <summary>Random.</summary>
    Random,

    /// <summary>A greedy tour from each to the nearest, so that a batch of several clusters holds clusters that resemble each other.</summary>
    Tour,
}

/// <summary>Clusters of training pairs (spec ), which the samplers <c>cluster</c> and <c>cluster-within-domain</c> cut batches from: section <c>clusters</c>.</summary>
public sealed record ClusterOptions
{
    /// <summary>
    /// The model whose vectors are clustered, by name or folder. A contextual one embeds with the null context. <c>bm25</c> stands for no model: the pairs are clustered by their words'
    /// weights (<see cref="Clustering.Bm25Clusters"/>); a folder of that name is <c>./bm25</c>.
    /// </summary>
    [Description("Model whose vectors of the pairs are clustered, by name or folder; a contextual one embeds with the null context. bm25 clusters by words' weights, without a model")]
    public string Model { get; init; } = "cde-mini";

    /// <summary>Pairs a cluster has on average.</summary>
    [Description("Pairs a cluster has on average; 0 for as many as batch.size")]
    [Range(0, 1_000_000)]
    public int Size { get; init; }

    /// <summary>Dimensions that vectors are reduced to before they are clustered.</summary>
    [Description("Dimensions that vectors are reduced to before they are clustered; 0 takes them as they are")]
    [Range(0, 4096)]
    public int Components { get; init; } = 128;

    /// <summary>Most pairs that are clustered together; more are divided at random into parts of about the same size, each clustered alone (<see cref="Clustering.ClusterShards"/>).</summary>
    /// <value>Default 50,000,000, as cde.</value>
    [Description("Most pairs that are clustered together; more are divided at random into parts, each clustered alone")]
    [Range(2, int.MaxValue)]
    public int MostPairs { get; init; } = 50_000_000;

    /// <summary>Whether words are clustered, and no vectors.</summary>
    internal bool IsOfWords => Model == Clustering.Bm25Clusters.ModelName;

    /// <summary>The order of clusters.</summary>
    [Description("Order of the clusters that batches are cut from: random, or a greedy tour from each to the nearest")]
    public ClusterPacking Packing { get; init; } = ClusterPacking.Random;
}
