using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// In-batch contrastive loss (InfoNCE; van den Oord et al. 2018, as Karpukhin et al. 2020 use it): each query's own document against all
/// documents of the batch. Legend: B pairs, d width.
/// </summary>
public static class InBatchContrastive
{
    /// <summary>Score given to a document that must not count as a negative.</summary>
    private const double Masked = -1e10;

    /// <summary>
    /// Mean over rows of <c>logsumexp_j(cos(q_i, p_j) / temperature) - cos(q_i, p_i) / temperature</c>.
    /// </summary>
    /// <param name="queries">(B, d), any length: they are normalised here.</param>
    /// <param name="documents">(B, d), row i the positive of query i.</param>
    /// <param name="temperature">0.02 in cde (logit_scale 50).</param>
    /// <param name="alsoRelevant">(B, B) booleans: true where document j also answers query i, so that it is left out of row i; null for none. The diagonal is ignored.</param>
    /// <returns>A scalar, in nats.</returns>
    public static Tensor Loss(Tensor queries, Tensor documents, double temperature = 0.02, Tensor? alsoRelevant = null)
    {
        if (queries.dim() != 2 || documents.dim() != 2 || queries.size(0) != documents.size(0) || queries.size(1) != documents.size(1))
            throw new ArgumentException($"queries and documents must both be (B, d), found ({string.Join(", ", queries.shape)}) and ({string.Join(", ", documents.shape)})");
        if (temperature <= 0)
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "the temperature must be above 0");
        var count = queries.size(0);
        var scores = matmul(nn.functional.normalize(queries), nn.functional.normalize(documents).t()) / temperature; // (B, B)
        if (alsoRelevant is not null)
        {
            var own = eye(count, dtype: ScalarType.Bool, device: queries.device);
            scores = scores.masked_fill(alsoRelevant.logical_and(own.logical_not()), Masked);
        }

        return nn.functional.cross_entropy(scores, arange(count, dtype: ScalarType.Int64, device: queries.device));
    }
}
