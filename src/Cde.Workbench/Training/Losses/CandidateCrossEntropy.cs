using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Cross-entropy of scores in which each query has one right candidate: what the contrastive losses share.</summary>
internal static class CandidateCrossEntropy
{
    /// <summary>Stands for the score of a candidate that does not count: finite, as in cde, so that no row is without a number.</summary>
    public const double Masked = -1e10;

    /// <summary>Mean over rows of <c>logsumexp(row) - row[target]</c>: scores (A, N) and targets (A) int64 -> scalar.</summary>
    /// <param name="scores">Divided by the temperature.</param>
    /// <param name="targets">The right candidate of each row.</param>
    /// <param name="excluded">(A, N) booleans, true where a candidate does not count; the right one always does. Null for none.</param>
    /// <param name="labelSmoothing">Share of the target spread evenly over the candidates that count.</param>
    /// <param name="hardest">How many negatives of the highest scores count; 0 for all.</param>
    public static Tensor Mean(Tensor scores, Tensor targets, Tensor? excluded, double labelSmoothing, int hardest)
    {
        if (excluded is null && labelSmoothing == 0 && (hardest == 0 || hardest >= scores.size(1) - 1))
            return nn.functional.cross_entropy(scores, targets);
        var right = arange(scores.size(1), dtype: ScalarType.Int64, device: scores.device).eq(targets.unsqueeze(1)); // (A, N)
        var dropped = excluded?.logical_and(right.logical_not()) ?? zeros_like(right);
        if (hardest > 0 && hardest < scores.size(1) - 1)
            dropped = dropped.logical_or(Easier(scores, right.logical_or(dropped), hardest).logical_and(right.logical_not()));
        scores = scores.masked_fill(dropped, Masked);
        if (labelSmoothing == 0)
            return nn.functional.cross_entropy(scores, targets);
        var logs = scores.log_softmax(-1);
        var own = logs.gather(1, targets.unsqueeze(1)).squeeze(1); // (A)
        var counting = dropped.logical_not().to_type(scores.dtype).sum(1);
        var even = logs.masked_fill(dropped, 0).sum(1) / counting;
        return -(own * (1 - labelSmoothing) + even * labelSmoothing).mean();
    }

    /// <summary>(A, N): true but for the <paramref name="kept"/> highest scores of each row among those that are not <paramref name="outside"/>.</summary>
    private static Tensor Easier(Tensor scores, Tensor outside, int kept)
    {
        var (_, places) = scores.detach().masked_fill(outside, float.NegativeInfinity).topk(kept, 1);
        return ones_like(scores).scatter(1, places, zeros_like(places).to_type(scores.dtype)).@bool();
    }
}
