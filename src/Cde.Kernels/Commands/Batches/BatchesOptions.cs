using Cde.Workbench.Clustering;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Kernels.Commands;

/// <summary>What <c>batches</c> takes.</summary>
public sealed record BatchesOptions : ContextOptions
{
    /// <summary>Options with their defaults: a corpus that may be trained on.</summary>
    public BatchesOptions() => Corpus = "dotnet-api/System.Linq";

    /// <summary>The sampler.</summary>
    [Option("Which pairs stand in a batch together", Choices =
        [RandomBatchSampler.SamplerName, DomainBatchSampler.SamplerName, ClusterBatchSampler.SamplerName, DomainClusterBatchSampler.SamplerName, LengthBatchSampler.SamplerName])]
    public string Sampler { get; init; } = DomainClusterBatchSampler.SamplerName;

    /// <summary>B.</summary>
    [Option("Pairs in a batch", Min = 1)]
    public int BatchSize { get; init; } = 32;

    /// <summary>The smallest batch at the end.</summary>
    [Option("Pairs of the smallest batch at the end of the data or of a domain; 0 leaves out what does not fill a batch", Min = 0)]
    public int SmallestBatch { get; init; }

    /// <summary>Pairs a cluster.</summary>
    [Option("Pairs a cluster has on average", Min = 1)]
    public int ClusterSize { get; init; } = 32;

    /// <summary>What is clustered.</summary>
    [Option("What the pairs are clustered by: the vectors of --model, or their words' BM25 weights, as clusters.model bm25 of train", Choices = [VectorClusters, Bm25Clusters.ModelName])]
    public string ClusterBy { get; init; } = VectorClusters;

    /// <summary>The order of clusters.</summary>
    [Option("Order of the clusters that batches are cut from: random, or a greedy tour from each to the nearest", Choices = [RandomPacker.PackerName, TourPacker.PackerName])]
    public string Packing { get; init; } = RandomPacker.PackerName;

    /// <summary>Whether batches stand across domains.</summary>
    [Option("Let a batch stand across the border of two domains")]
    public bool MixDomains { get; init; }

    /// <summary>Whether malformed records are left out.</summary>
    [Option("Leave malformed lines of training files out and count them, where otherwise the first one ends the command")]
    public bool SkipBad { get; init; }

    /// <summary>Whether texts are distinct.</summary>
    [Option("Let no text stand in a batch twice, whatever its case and blanks")]
    public bool Distinct { get; init; }

    /// <summary>The false-negative rule.</summary>
    [Option("Which negatives the model takes for answers: none, those that score as the own document, or those from a cosine on", Choices = ["off", "own", "threshold"])]
    public string Filter { get; init; } = "own";

    /// <summary>The margin.</summary>
    [Option("How far below the own document's score a negative counts as an answer, as a cosine", Min = -1, Max = 1)]
    public double Margin { get; init; }

    /// <summary>The threshold.</summary>
    [Option("The cosine from which a negative counts as an answer, with --filter threshold", Min = -1, Max = 1)]
    public double Threshold { get; init; } = new FalseNegativeOptions().Threshold;

    /// <summary>The epoch.</summary>
    [Option("Epoch, from 0; each has other batches", Min = 0)]
    public long Epoch { get; init; }

    /// <summary>Batches measured.</summary>
    [Option("Batches whose hardness is measured", Min = 1)]
    public int Measure { get; init; } = 50;

    /// <summary>Batches shown.</summary>
    [Option("Batches to show", Min = 0)]
    public int Show { get; init; } = 5;

    /// <summary>Queries of each.</summary>
    [Option("Queries to show of each batch", Min = 0)]
    public int Queries { get; init; } = 4;

    /// <summary>The batch shown whole.</summary>
    [Option("The batch whose texts, clusters and similarities are shown, by its number in the epoch", Min = 0)]
    public long Batch { get; init; }

    /// <summary>Its rows.</summary>
    [Option("Rows to show of that batch, the hardest first; 0 leaves its similarities out too", Min = 0)]
    public int Rows { get; init; } = 8;

    /// <summary>The name of clusters that are made of the model's vectors.</summary>
    internal const string VectorClusters = "model";

    /// <summary>The library's options of the filter.</summary>
    internal FalseNegativeOptions FilterOptions() => new()
    {
        Rule = Filter switch
        {
            "own" => FalseNegativeRule.OwnDocument,
            "threshold" => FalseNegativeRule.Threshold,
            _ => FalseNegativeRule.Off,
        },
        Margin = Margin,
        Threshold = Threshold,
    };
}
