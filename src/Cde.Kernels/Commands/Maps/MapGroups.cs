using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>The groups that a map's colours stand for.</summary>
/// <param name="Labels">A number a document, -1 for none; empty where there are no groups.</param>
/// <param name="Names">The groups' names.</param>
internal sealed record MapGroups(IReadOnlyList<int> Labels, IReadOnlyList<string> Names)
{
    private const int MostColours = 16; // more can hardly be told apart

    /// <summary>All in one colour.</summary>
    public static MapGroups None { get; } = new([], []);

    /// <summary>Clusters by k-means, named by their words.</summary>
    public static MapGroups ByCluster(
        EmbeddingMatrix documents, Corpus corpus, MapOptions options, bool splitIdentifiers, Session session, CancellationToken cancellation)
    {
        var count = options.Clusters > 0 ? options.Clusters : Math.Min(MostColours, CorpusClusters.SquareRoot(corpus.Count));
        var assignment = CorpusClusters.KMeans(documents, count, options.Seed, session, cancellation);
        var words = CorpusClusters.Words(assignment, corpus, options.Words, options.SplitIdentifiers || splitIdentifiers, cancellation);
        return new MapGroups(assignment.Labels, [.. words.Select(found => string.Join(", ", found))]);
    }

    /// <summary>The domain of each document; none where it is in no domain's own corpus.</summary>
    /// <exception cref="CdeException">There is one domain alone.</exception>
    public static MapGroups ByDomain(Session session, string name, Corpus corpus)
    {
        var dataset = session.Lent<object>(name) is null ? session.Dataset(name) : null;
        if (dataset is not { Domains.Count: > 1 })
            throw new CdeException($"--color-by domain: {corpus.Name} has one domain; colour by cluster, or give a corpus of several");
        var labels = new int[corpus.Count];
        Array.Fill(labels, ClusterAssignment.Noise);
        for (var domain = 0; domain < dataset.Domains.Count; domain++)
        {
            var part = dataset.Corpus(dataset.Domains[domain]);
            for (var i = 0; i < part.Count; i++)
            {
                if (corpus.IndexOf(part.GetId(i)) is >= 0 and var row)
                    labels[row] = domain;
            }
        }

        return new MapGroups(labels, dataset.Domains);
    }
}
