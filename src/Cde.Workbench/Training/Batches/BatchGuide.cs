using Cde.Workbench.Embedding;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Models;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>A frozen model's vectors of all training texts, and what they say of a batch.</summary>
internal sealed class BatchGuide : IDisposable
{
    private readonly IReadOnlyList<GuideStore> stores;
    private readonly IReadOnlyList<FalseNegativeFilter> filters;
    private readonly bool isFilter;

    private BatchGuide(IReadOnlyList<GuideStore> stores, GuideOptions options, string modelHash)
    {
        this.stores = stores;
        isFilter = options.Rule != FalseNegativeRule.Off;
        filters = [.. stores.Select(store => new FalseNegativeFilter(store, new() { Rule = options.Rule, Margin = options.Margin, Threshold = options.Threshold }))];
        ModelHash = modelHash;
    }

    /// <summary>Of the guide.</summary>
    public string ModelHash { get; }

    /// <summary>Embeds the texts of every domain, or takes them from the cache; null where the options name no guide.</summary>
    /// <exception cref="CdeException">There is no such model, or it is contextual.</exception>
    public static BatchGuide? Build(GuideOptions options, IReadOnlyList<TrainingDomain> domains, EmbeddingCache? cache, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Model is null)
            return null;
        using var model = KnownModels.Load(options.Model);
        if (model.IsContextual)
            throw new CdeException($"guide.model: {options.Model} is contextual; choose a plain model, whose vectors do not depend on a context");
        using var embedder = new TextEmbedder(model);
        var stores = new List<GuideStore>();
        try
        {
            foreach (var domain in domains)
                stores.Add(GuideStore.BuildAsync(embedder, domain.Queries, domain.Documents, cache, progress, cancellationToken).GetAwaiter().GetResult());
            return new BatchGuide(stores, options, model.Hash);
        }
        catch
        {
            stores.ForEach(store => store.Dispose());
            throw;
        }
    }

    /// <summary>(B, B + B n), row by row: whether the guide takes a candidate for an answer; null where it does not filter.</summary>
    public bool[]? Excluded(TrainingBatch batch)
    {
        if (!isFilter)
            return null;
        var perQuery = batch.Negatives.Length / batch.Queries.Length;
        int[] owners = [.. Enumerable.Range(0, batch.Queries.Length), .. Enumerable.Range(0, batch.Negatives.Length).Select(i => i / perQuery)];
        return filters[batch.Domain].Excluded(batch.Queries, [.. batch.Documents, .. batch.Negatives], owners);
    }

    /// <summary>The vectors of a batch, (B, g), (B, g) and, where it has hard negatives, (B n, g).</summary>
    public GuideVectors Vectors(TrainingBatch batch, Device device)
    {
        var store = stores[batch.Domain];
        return new GuideVectors(Rows(store.Queries, batch.Queries), Rows(store.Documents, batch.Documents), batch.Negatives.Length == 0 ? null : Rows(store.Documents, batch.Negatives));

        Tensor Rows(EmbeddingMatrix matrix, int[] rows)
        {
            var values = new float[rows.Length * matrix.Dimension];
            for (var i = 0; i < rows.Length; i++)
                matrix[rows[i]].CopyTo(values.AsSpan(i * matrix.Dimension));
            return tensor(values, [rows.Length, matrix.Dimension], device: device);
        }
    }

    public void Dispose()
    {
        foreach (var store in stores)
            store.Dispose();
    }
}
