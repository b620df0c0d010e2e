using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Which of the candidates [documents | hard negatives] of a batch do not count for a block of queries.</summary>
internal static class CandidateMask
{
    /// <summary>(count, N) booleans, true where a candidate does not count; null where all do.</summary>
    /// <param name="candidates">Which documents are compared at all.</param>
    /// <param name="excluded">(B, B) or (B, N); null for none.</param>
    /// <param name="queries">B.</param>
    /// <param name="total">N = B + B n.</param>
    /// <param name="start">The block's first query.</param>
    /// <param name="count">Its number of queries.</param>
    /// <param name="device">Where the result lives.</param>
    /// <exception cref="ArgumentException"><paramref name="excluded"/> has another shape.</exception>
    public static Tensor? Of(CandidateScope candidates, Tensor? excluded, long queries, long total, long start, long count, Device device)
    {
        if (excluded is not null)
        {
            if (excluded.dim() != 2 || excluded.size(0) != queries || (excluded.size(1) != queries && excluded.size(1) != total))
                throw new ArgumentException($"excluded must be ({queries}, {queries}) or ({queries}, {total}), found ({string.Join(", ", excluded.shape)})");
            excluded = excluded.narrow(0, start, count).to_type(ScalarType.Bool);
            if (excluded.size(1) < total)
                excluded = cat([excluded, zeros([count, total - excluded.size(1)], dtype: ScalarType.Bool, device: device)], 1);
        }

        if (candidates != CandidateScope.WithoutOwnNegatives || total == queries)
            return excluded;
        var perQuery = total / queries - 1;
        var owner = cat([full(queries, -1, dtype: ScalarType.Int64, device: device), arange(queries, dtype: ScalarType.Int64, device: device).repeat_interleave(perQuery)], 0); // (N)
        var own = owner.unsqueeze(0).eq(arange(start, start + count, dtype: ScalarType.Int64, device: device).unsqueeze(1)); // (count, N)
        return excluded?.logical_or(own) ?? own;
    }
}
