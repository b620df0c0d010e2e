using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Training;

/// <summary>What a run's batches are made with beside its data and options, each null where the options ask for none.</summary>
/// <param name="Guide">The frozen model that finds false negatives.</param>
/// <param name="Clusters">The clusters that batches are cut from.</param>
internal sealed record BatchCompany(BatchGuide? Guide = null, ClusterPacker? Clusters = null) : IDisposable
{
    /// <summary>Builds both, or takes them from the user's caches.</summary>
    public static BatchCompany Build(TrainingOptions options, IReadOnlyList<TrainingDomain> domains, IProgress<WorkProgress>? progress, CancellationToken cancellationToken) =>
        new(
            BatchGuide.Build(options.Guide, domains, EmbeddingCache.Default, progress, cancellationToken),
            BatchClusters.Build(options, domains, EmbeddingCache.Default, ClusterCache.Default, progress, cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => Guide?.Dispose();
}
