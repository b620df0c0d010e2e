using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Models;

namespace Cde.Workbench.Training;

/// <summary>The clusters of the training pairs that batches are cut from.</summary>
internal static class BatchClusters
{
    /// <summary>Embeds and clusters the pairs, or takes vectors and clusters from the caches; clusters them by their words where no model is asked for; null where the sampler asks for no clusters.</summary>
    /// <param name="options">Sampler, clustering and seed.</param>
    /// <param name="domains">Training data.</param>
    /// <param name="vectors">Where vectors are kept.</param>
    /// <param name="clusters">Where clusters are kept.</param>
    /// <param name="progress">Told in texts, then in iterations; with words in documents, clusters and iterations.</param>
    /// <param name="cancellationToken">Stops; what is cached is kept.</param>
    /// <exception cref="CdeException">There is no such model.</exception>
    public static ClusterPacker? Build(
        TrainingOptions options, IReadOnlyList<TrainingDomain> domains, EmbeddingCache vectors, ClusterCache clusters, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Batch.Sampler is not (BatchSamplerKind.Cluster or BatchSamplerKind.ClusterWithinDomain))
            return null;
        var rows = new TrainingRows(domains, options.Data.UnfoldPositives);
        var (queries, documents) = rows.Pairs(options.Seed);
        var size = options.Clusters.Size > 0 ? options.Clusters.Size : options.Batch.Size;
        var (isWithinDomains, isTour) = (options.Batch.Sampler == BatchSamplerKind.ClusterWithinDomain, options.Clusters.Packing == ClusterPacking.Tour);
        var parts = ClusterShards.Of(isWithinDomains ? rows.Domains : new ClusterAssignment(new int[rows.All.Count], 1), options.Clusters.MostPairs, options.Seed);
        var isWhole = !isWithinDomains && parts.Clusters == 1;
        if (options.Clusters.IsOfWords)
        {
            var words = new Bm25ClusterOptions { ClusterSize = size, Seed = options.Seed };
            var byWords = isWhole
                ? Bm25Clusters.Of(queries, documents, words, clusters, progress, cancellationToken)
                : Bm25Clusters.WithinDomains(queries, documents, parts, words, clusters, progress, cancellationToken);
            return isTour ? TourPacker.Of(byWords, documents, words.Words, progress, cancellationToken) : new RandomPacker(byWords);
        }

        using var model = KnownModels.Load(options.Clusters.Model);
        using EncoderEmbedder embedder = model.IsContextual ? new ContextualEmbedder(model, CorpusContext.Null(model)) : new TextEmbedder(model);
        using var pairs = GuideStore.BuildAsync(embedder, queries, documents, vectors, progress, cancellationToken).GetAwaiter().GetResult();
        var clustering = new PairedKMeansOptions
        {
            ClusterSize = size,
            Components = options.Clusters.Components,
            KMeans = new KMeansOptions { Start = KMeansStart.Random, Seed = options.Seed },
        };
        var found = isWhole
            ? clusters.Paired(pairs.Queries, pairs.Documents, clustering, progress, cancellationToken).Assignment
            : DomainClusters.Of(pairs.Queries, pairs.Documents, parts, clustering, clusters, progress, cancellationToken);
        return isTour ? TourPacker.Of(found, pairs.Documents, cancellationToken: cancellationToken) : new RandomPacker(found);
    }

    /// <summary>What a resumed run must find again: which pair is in which cluster. Null without clusters.</summary>
    public static string? Hash(ClusterPacker? packer)
    {
        if (packer is null)
            return null;
        using var hash = ContentHash.Build();
        hash.Add(packer.Name).Add(packer.Clusters.Clusters);
        foreach (var label in packer.Clusters.Labels)
            hash.Add(label);
        return hash.ToHash();
    }
}
