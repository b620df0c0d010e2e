using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Similarities and distances of vectors, with gradients.</summary>
internal static class VectorScores
{
    /// <summary>Every vector against every other: (A, d) and (N, d) -> (A, N).</summary>
    public static Tensor Matrix(Tensor left, Tensor right, Similarity similarity) =>
        similarity == Similarity.Cosine ? matmul(Unit(left), Unit(right).t()) : matmul(left, right.t());

    /// <summary>Row by row: (..., d) and (..., d) -> (...), broadcast.</summary>
    public static Tensor Pairs(Tensor left, Tensor right, Similarity similarity) =>
        similarity == Similarity.Cosine ? (Unit(left) * Unit(right)).sum(-1) : (left * right).sum(-1);

    /// <summary>Row by row: (..., d) and (..., d) -> (...), broadcast; the gradient where two vectors coincide is 0.</summary>
    public static Tensor Distances(Tensor left, Tensor right, VectorDistance distance) => distance switch
    {
        VectorDistance.Cosine => 1 - Pairs(left, right, Similarity.Cosine),
        VectorDistance.Euclidean => linalg.vector_norm(left - right, 2.0, [-1]),
        _ => (left - right).abs().sum(-1),
    };

    /// <summary>
    /// A query's own candidates, its document first: queries (B, d), documents (B, d), negatives (B n, d) -> (B, 1 + n).
    /// </summary>
    public static Tensor Own(Tensor queries, Tensor documents, Tensor? negatives, Similarity similarity) =>
        Pairs(queries.unsqueeze(1), Groups(documents, negatives), similarity);

    /// <summary>The candidates of each query side by side, its document first: (B, d) and (B n, d) -> (B, 1 + n, d).</summary>
    public static Tensor Groups(Tensor documents, Tensor? negatives)
    {
        var own = documents.unsqueeze(1);
        return negatives is null ? own : cat([own, negatives.unflatten(0, [documents.size(0), NegativesPerQuery(documents, negatives)])], 1);
    }

    /// <summary>n, where there are n negatives for each of the B documents.</summary>
    /// <exception cref="ArgumentException">They cannot be shared out evenly.</exception>
    public static long NegativesPerQuery(Tensor documents, Tensor negatives) => negatives.size(0) > 0 && negatives.size(0) % documents.size(0) == 0
        ? negatives.size(0) / documents.size(0)
        : throw new ArgumentException($"{negatives.size(0)} negatives for {documents.size(0)} queries: every query must have the same number, at least 1");

    /// <summary>Refuses texts that do not pair up: both must be (B, d).</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void RequirePairs(Tensor left, Tensor right)
    {
        if (left.dim() != 2 || !left.shape.SequenceEqual(right.shape))
            throw new ArgumentException($"queries and documents must both be (B, d), found ({string.Join(", ", left.shape)}) and ({string.Join(", ", right.shape)})");
    }

    /// <summary>Vectors of length 1.</summary>
    public static Tensor Unit(Tensor x) => nn.functional.normalize(x, dim: -1);
}
