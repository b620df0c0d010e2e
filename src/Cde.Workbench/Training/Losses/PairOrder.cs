using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Scores in a given order: what <see cref="CoSent"/> and <see cref="Angle"/> share.</summary>
internal static class PairOrder
{
    /// <summary>(B, B) booleans: true where score i must be below score j, since its label is.</summary>
    public static Tensor Of(Tensor labels) => labels.unsqueeze(1).lt(labels.unsqueeze(0));

    /// <summary><c>log(1 + sum of exp(s_i - s_j) where i must be below j)</c>: scores (B), order (B, B) -> scalar.</summary>
    public static Tensor Loss(Tensor scores, Tensor order)
    {
        var differences = (scores.unsqueeze(1) - scores.unsqueeze(0)).masked_fill(order.logical_not(), -1e12).flatten(); // (B B)
        return cat([zeros(1, dtype: scores.dtype, device: scores.device), differences], 0).logsumexp(0);
    }
}
