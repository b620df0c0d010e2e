using System.Numerics.Tensors;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Journeys;

/// <summary>The similarities of the rows of two matrices.</summary>
internal static class Similarities
{
    /// <summary>Of each row with each: [N, M].</summary>
    public static float[,] Between(EmbeddingMatrix first, EmbeddingMatrix second, SimilarityFunction function)
    {
        RequireSameWidth(first, second);
        var result = new float[first.Count, second.Count];
        for (var i = 0; i < first.Count; i++)
        {
            for (var j = 0; j < second.Count; j++)
                result[i, j] = Of(first[i], second[j], function);
        }

        return result;
    }

    /// <summary>Of the rows at the same place: [N].</summary>
    public static float[] Pairwise(EmbeddingMatrix first, EmbeddingMatrix second, SimilarityFunction function)
    {
        RequireSameWidth(first, second);
        if (first.Count != second.Count)
            throw new CdeException($"{first.Count} and {second.Count} vectors were given; pairwise similarity takes as many on both sides");
        return [.. Enumerable.Range(0, first.Count).Select(row => Of(first[row], second[row], function))];
    }

    private static float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, SimilarityFunction function) => function switch
    {
        SimilarityFunction.Cosine => TensorPrimitives.Dot(x, y) / (Math.Max(TensorPrimitives.Norm(x), UnitVectors.Smallest) * Math.Max(TensorPrimitives.Norm(y), UnitVectors.Smallest)),
        SimilarityFunction.Dot => TensorPrimitives.Dot(x, y),
        SimilarityFunction.Euclidean => -TensorPrimitives.Distance(x, y),
        _ => -Manhattan(x, y),
    };

    private static float Manhattan(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += Math.Abs((double)x[i] - y[i]);
        return (float)sum;
    }

    private static void RequireSameWidth(EmbeddingMatrix first, EmbeddingMatrix second)
    {
        if (first.Dimension != second.Dimension)
            throw new CdeException($"vectors of {first.Dimension} and of {second.Dimension} numbers do not compare; embed both with one model, at one width");
    }
}
