using static TorchSharp.torch;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>
/// Gradient caching through both stages of a contextual encoder (spec ): context documents and texts are encoded in chunks, the loss' gradient goes back to
/// the texts' vectors, from there, chunk by chunk, to the second stage and what it read of the contexts, and from there, chunk by chunk, to the first stage. Every
/// context gets its gradient, and so does the context's own pass through the second stage under prefix attention, which is run once a context with its graph.
/// </summary>
/// <param name="model">The model; its mode decides on dropout.</param>
/// <param name="options">Size of the chunks.</param>
/// <param name="padId">The id that fills the padding.</param>
/// <param name="device">Where the model lives; null is the CPU.</param>
public sealed class TwoStageGradientCache(TrainingModel model, GradientCacheOptions options, int padId, Device? device = null)
{
    /// <summary>A loss of the routers of mixtures of experts over each group of texts; null for none.</summary>
    internal RouterBalance? Routers { get; init; }

    /// <summary>Adds the loss' gradient to the parameters' <c>grad</c>.</summary>
    /// <param name="contexts">The context documents of each context of the batch; none for a plain model or null contexts alone.</param>
    /// <param name="groups">The batch's texts, each group in one of the contexts.</param>
    /// <param name="loss">The loss of the groups' vectors.</param>
    /// <param name="documentsPerPosition">Neighbouring context documents whose first-stage vectors are averaged into one.</param>
    /// <returns>The loss.</returns>
    public double Backward(IReadOnlyList<TextRows> contexts, IReadOnlyList<ContextTexts> groups, LossTerms loss, int documentsPerPosition = 1)
    {
        using var scope = NewDisposeScope();
        var firstStage = contexts.Select(texts => new RecomputedRows(ChunkedRows.OfTexts(texts, model.EncodeContext, options.ContextTokensPerChunk, padId, device), options.CheckpointLayers)).ToArray();
        RecomputedRows[] secondStage = [];
        try
        {
            var prepared = firstStage.Select(stage => new Prepared(model.Prepare(TrainingModel.Averaged(stage.Run(), documentsPerPosition)))).ToList();
            var empty = groups.Any(group => group.Context is null) ? new Prepared(model.Prepare(null)) : null;
            secondStage = [.. groups.Select(group => Rows(group, group.Context is { } context ? prepared[context] : empty!))];
            var total = GradientCache.BackwardToVectors([.. secondStage.Select(stage => stage.Run())], loss);

            foreach (var stage in secondStage)
                stage.Backward();
            foreach (var context in prepared)
                context.Backward();
            empty?.Backward();
            foreach (var stage in firstStage)
                stage.Backward();
            return total;
        }
        finally
        {
            foreach (var stage in firstStage.Concat(secondStage))
                stage.Dispose();
        }
    }

    private RecomputedRows Rows(ContextTexts group, Prepared context) =>
        new(ChunkedRows.OfTexts(group.Texts, batch => model.Encode(batch, context.Leaves, group.Buckets), options.TokensPerChunk, padId, device, model.PositionsPerText), options.CheckpointLayers, Routers);

    /// <summary>What the second stage reads of a context, with the graph that made it, and as leaves.</summary>
    private sealed class Prepared(IReadOnlyList<Tensor> made)
    {
        public IReadOnlyList<Tensor> Leaves { get; } = [.. made.Select(tensor => tensor.detach().requires_grad_(tensor.requires_grad))];

        /// <summary>Takes the leaves' gradients on to what made them.</summary>
        public void Backward()
        {
            var reached = made.Zip(Leaves, (tensor, leaf) => (Tensor: tensor, Gradient: leaf.grad)).Where(entry => entry.Gradient is not null).ToArray();
            if (reached.Length > 0)
                autograd.backward([.. reached.Select(entry => entry.Tensor)], [.. reached.Select(entry => entry.Gradient!)]);
        }
    }
}
