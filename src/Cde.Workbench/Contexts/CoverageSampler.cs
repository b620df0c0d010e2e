using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Contexts;

/// <summary>
/// <c>coverage</c>: as many clusters as documents are wanted, by spherical k-means, and of each the document nearest to its centroid. Every region of the corpus is represented by a typical document; take it
/// where the context is small and the corpus has many kinds of texts.
/// </summary>
/// <param name="documents">A vector for each document; the caller's.</param>
/// <param name="cancellationToken">Stops between blocks of documents.</param>
public sealed class CoverageSampler(EmbeddingMatrix documents, CancellationToken cancellationToken = default) : IMinicorpusSampler
{
    /// <summary>The sampler's name.</summary>
    public const string SamplerName = "coverage";

    /// <inheritdoc/>
    public string Name => SamplerName;

    /// <inheritdoc/>
    public IReadOnlyList<int> Sample(int corpusCount, int size, long seed)
    {
        SampledRows.RequireOneOfEach(Name, documents.Count, corpusCount, "vectors");
        return SampledRows.OverSampled(corpusCount, size, seed, wanted => Choose(wanted, seed));
    }

    private int[] Choose(int size, long seed)
    {
        var clusters = KMeans.Fit(documents, new KMeansOptions { Clusters = size, Seed = seed, Restarts = 1 }, null, cancellationToken);
        var chosen = new List<int>(size);
        for (var cluster = 0; cluster < size; cluster++)
        {
            if (clusters.Assignment.Sizes[cluster] > 0)
                chosen.Add(clusters.Assignment.Members(cluster).MaxBy(row => Cosine(row, clusters.Centroid(cluster))));
        }

        // Fewer different vectors than documents wanted: others make up the number.
        var taken = chosen.ToHashSet();
        int[] others = [.. Enumerable.Range(0, documents.Count).Where(row => !taken.Contains(row))];
        SeededRandom.For(seed, 3).Shuffle<int>(others);
        int[] rows = [.. chosen, .. others.Take(size - chosen.Count)];
        SeededRandom.For(seed, 4).Shuffle<int>(rows);
        return rows;
    }

    private double Cosine(int row, ReadOnlySpan<float> centroid)
    {
        var vector = documents[row];
        var norm = Math.Sqrt(ExactDot.Of(vector, vector));
        return norm == 0 ? double.NegativeInfinity : ExactDot.Of(vector, centroid) / norm;
    }
}
