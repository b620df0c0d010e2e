namespace TorchSharp;

/// <summary>Whether distances are computed through a matrix product, which is faster and less exact.</summary>
public enum compute_mode : int
{
    /// <summary>Where there are more than 25 rows.</summary>
    use_mm_for_euclid_dist_if_necessary = 0,

    /// <summary>Always.</summary>
    use_mm_for_euclid_dist = 1,

    /// <summary>Never.</summary>
    donot_use_mm_for_euclid_dist = 2,
}

public static partial class torch
{
    /// <summary>The p-norm distances between all rows of two matrices, batched: (B, N, d), (B, M, d) -> (B, N, M).</summary>
    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Op.Call("cdist", "", x1, x2, p, (int)compute_mode);
}
