using Cde.Workbench.Clustering;

namespace Cde.Workbench.Training;

/// <summary>What a run's batches are made with beside its data and options, each null where the options ask for none.</summary>
/// <param name="Guide">The frozen model that finds false negatives.</param>
/// <param name="Clusters">The clusters that batches are cut from.</param>
internal sealed record BatchCompany(BatchGuide? Guide = null, ClusterPacker? Clusters = null) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Guide?.Dispose();
}
