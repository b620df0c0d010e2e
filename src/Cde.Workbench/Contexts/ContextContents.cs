using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Text;

namespace Cde.Workbench.Contexts;

/// <summary>What the documents of a context are: how many differ, which read alike, and which parts of the corpus they stand for.</summary>
/// <param name="Different">Documents by id.</param>
/// <param name="Repeated">Documents whose text an earlier one has too, case and white space aside.</param>
/// <param name="NearDuplicates">Pairs of documents that share most of their words, the most alike first.</param>
public sealed record ContextContents(int Different, int Repeated, IReadOnlyList<NearDuplicate> NearDuplicates)
{
    /// <summary>The Jaccard similarity of word runs from which two texts are near duplicates.</summary>
    public const double NearDuplicateSimilarity = 0.6;

    /// <summary>Reads the documents of a context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="source">The corpus that it was sampled from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="CdeException">The corpus is another.</exception>
    public static ContextContents Of(CorpusContext context, Corpus source, CancellationToken cancellationToken = default)
    {
        var rows = Minicorpus.Of(context, source).Rows.Distinct().ToList();
        var firsts = new Dictionary<string, string>(StringComparer.Ordinal);
        var distinct = new List<(string Id, WordShingles Words)>();
        foreach (var document in rows.Select(row => source[row]))
        {
            if (firsts.TryAdd(AlikeText.Of(document.FullText), document.Id))
                distinct.Add((document.Id, WordShingles.Of(document.FullText)));
        }

        var near = new List<NearDuplicate>();
        for (var i = 0; i < distinct.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var j = i + 1; j < distinct.Count; j++)
            {
                if (distinct[i].Words.Jaccard(distinct[j].Words) is >= NearDuplicateSimilarity and var similarity)
                    near.Add(new NearDuplicate(distinct[i].Id, distinct[j].Id, similarity));
            }
        }

        return new ContextContents(rows.Count, rows.Count - distinct.Count, [.. near.OrderByDescending(pair => pair.Similarity)]);
    }

    /// <summary>Which clusters of the corpus the documents of a context lie in.</summary>
    /// <param name="context">The context.</param>
    /// <param name="source">The corpus that it was sampled from.</param>
    /// <param name="clusters">A cluster for each of its documents.</param>
    /// <exception cref="CdeException">The corpus is another, or has another number of documents than the clusters.</exception>
    public static ContextCoverage Coverage(CorpusContext context, Corpus source, ClusterAssignment clusters)
    {
        SampledRows.RequireOneOfEach("context coverage", clusters.Count, source.Count, "clusters");
        var taken = Minicorpus.Of(context, source).Rows.Distinct().GroupBy(row => clusters.Labels[row]).ToDictionary(group => group.Key, group => group.Count());
        return new ContextCoverage(
        [
            .. Enumerable.Range(0, clusters.Sizes.Count).Where(cluster => clusters.Sizes[cluster] > 0)
                .Select(cluster => new ClusterCoverage(cluster, clusters.Sizes[cluster], taken.GetValueOrDefault(cluster))),
        ]);
    }
}

/// <summary>Two documents of a context that share most of their words.</summary>
/// <param name="First">The first in the context's order.</param>
/// <param name="Second">The other.</param>
/// <param name="Similarity">The Jaccard similarity of their runs of three words.</param>
public sealed record NearDuplicate(string First, string Second, double Similarity);

/// <summary>How a context covers the clusters of its corpus.</summary>
/// <param name="Clusters">The clusters that have documents, in order.</param>
public sealed record ContextCoverage(IReadOnlyList<ClusterCoverage> Clusters)
{
    /// <summary>Clusters with a document in the context.</summary>
    public int Covered => Clusters.Count(cluster => cluster.InContext > 0);

    /// <summary>The share of the corpus' documents that lie in those.</summary>
    public double DocumentShare => Clusters.Where(cluster => cluster.InContext > 0).Sum(cluster => (double)cluster.Size) / Clusters.Sum(cluster => (double)cluster.Size);
}

/// <summary>One cluster of a corpus and a context.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Size">Documents of the corpus in it.</param>
/// <param name="InContext">Documents of the context in it.</param>
public sealed record ClusterCoverage(int Cluster, int Size, int InContext);
