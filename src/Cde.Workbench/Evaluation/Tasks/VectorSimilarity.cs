using System.Numerics.Tensors;

namespace Cde.Workbench.Evaluation;

/// <summary>The similarities of MTEB's pair scores: larger is more alike, so that distances are negated.</summary>
internal static class VectorSimilarity
{
    /// <summary>Every similarity by its name, the cosine first.</summary>
    public static IReadOnlyList<(string Name, Func<double[], double[], double> Of)> All { get; } =
    [
        ("cosine", Cosine),
        ("dot", (a, b) => TensorPrimitives.Dot<double>(a, b)),
        ("euclidean", (a, b) => -TensorPrimitives.Distance<double>(a, b)),
        ("manhattan", (a, b) => -a.Zip(b, (x, y) => Math.Abs(x - y)).Sum()),
    ];

    /// <summary>The cosine; 0 where a vector is zero.</summary>
    public static double Cosine(double[] a, double[] b)
    {
        var norms = TensorPrimitives.Norm<double>(a) * TensorPrimitives.Norm<double>(b);
        return norms > 0 ? TensorPrimitives.Dot<double>(a, b) / norms : 0;
    }

    /// <summary>The similarities of the rows of two matrices, pair by pair, in double.</summary>
    public static double[] Pairs(Embedding.EmbeddingMatrix a, Embedding.EmbeddingMatrix b, Func<double[], double[], double> similarity) =>
        [.. Enumerable.Range(0, a.Count).Select(row => similarity(Doubles(a[row]), Doubles(b[row])))];

    /// <summary>A row in double.</summary>
    public static double[] Doubles(ReadOnlySpan<float> row)
    {
        var doubles = new double[row.Length];
        TensorPrimitives.ConvertChecked(row, doubles.AsSpan());
        return doubles;
    }
}
