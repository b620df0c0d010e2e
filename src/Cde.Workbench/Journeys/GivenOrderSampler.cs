using Cde.Workbench.Contexts;

namespace Cde.Workbench.Journeys;

/// <summary>Takes the documents as they come, and from the start again where there are too few: the caller has chosen them.</summary>
internal sealed class GivenOrderSampler : IMinicorpusSampler
{
    /// <inheritdoc/>
    public string Name => "given";

    /// <inheritdoc/>
    public IReadOnlyList<int> Sample(int corpusCount, int size, long seed) => [.. Enumerable.Range(0, size).Select(i => i % corpusCount)];
}
