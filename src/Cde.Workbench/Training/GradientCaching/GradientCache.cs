using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>
/// Gradient caching (Gao et al. 2021): the exact gradient of a loss over a whole batch, in the memory of a chunk. The batch is encoded without a graph, the loss
/// taken back to the vectors, and each chunk encoded once more, with its graph, to take its vectors' gradient back to the parameters. It costs one forward pass
/// more than a plain step.
/// </summary>
/// <param name="encode">A padded chunk to its vectors, (b, d) or (b, T, d), the same each time but for random numbers, which are replayed.</param>
/// <param name="options">Size of the chunks.</param>
/// <param name="padId">The id that fills the padding.</param>
/// <param name="device">Where the encoder lives; null is the CPU.</param>
public sealed class GradientCache(Func<PaddedBatch, Tensor> encode, GradientCacheOptions options, int padId, Device? device = null)
{
    /// <summary>Adds the loss' gradient to the parameters' <c>grad</c>.</summary>
    /// <param name="groups">The batch, such as its queries and its documents.</param>
    /// <param name="loss">The loss of the groups' vectors.</param>
    /// <returns>The loss.</returns>
    public double Backward(IReadOnlyList<TextRows> groups, LossTerms loss) =>
        Backward([.. groups.Select(texts => ChunkedRows.OfTexts(texts, encode, options.TokensPerChunk, padId, device))], loss, options.CheckpointLayers);

    /// <summary>As the other, for rows of any kind.</summary>
    public static double Backward(IReadOnlyList<ChunkedRows> groups, LossTerms loss, bool checkpointLayers = false)
    {
        var stages = groups.Select(rows => new RecomputedRows(rows, checkpointLayers)).ToArray();
        try
        {
            var total = BackwardToVectors([.. stages.Select(stage => stage.Run())], loss);
            foreach (var stage in stages)
                stage.Backward();
            return total;
        }
        finally
        {
            foreach (var stage in stages)
                stage.Dispose();
        }
    }

    /// <summary>Takes every term back to the vectors; the sum of the terms.</summary>
    internal static double BackwardToVectors(IReadOnlyList<Tensor> vectors, LossTerms loss)
    {
        var total = 0.0;
        using var terms = loss(vectors).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!terms.MoveNext())
                return total;
            terms.Current.backward();
            total += terms.Current.detach().to_type(ScalarType.Float64).item<double>();
        }
    }
}
