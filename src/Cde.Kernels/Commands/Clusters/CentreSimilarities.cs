using System.Numerics.Tensors;
using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>How alike the centres of clusters are: what lies beside what, and which clusters are parts of one.</summary>
/// <param name="Clusters">The clusters' numbers, each beside one that is like it: from the largest on, always the most similar of those that are left.</param>
/// <param name="Cosines">The cosine of each pair of centres, rows and columns in that order.</param>
public sealed record CentreSimilarities(IReadOnlyList<int> Clusters, IReadOnlyList<IReadOnlyList<float>> Cosines)
{
    /// <summary>The most clusters that are compared: the largest. More are not read in a picture.</summary>
    public const int Most = 60;

    /// <summary>Compares the centres of the largest clusters; null where there are fewer than two.</summary>
    /// <param name="matrix">A vector a document.</param>
    /// <param name="assignment">Their clusters.</param>
    internal static CentreSimilarities? Of(EmbeddingMatrix matrix, ClusterAssignment assignment)
    {
        int[] clusters = [.. Enumerable.Range(0, assignment.Sizes.Count).Where(cluster => assignment.Sizes[cluster] > 0).OrderByDescending(cluster => assignment.Sizes[cluster]).ThenBy(cluster => cluster).Take(Most)];
        if (clusters.Length < 2)
            return null;
        var centres = Centres(matrix, assignment, clusters);
        var order = new List<int> { 0 };
        while (order.Count < clusters.Length)
            order.Add(Enumerable.Range(0, clusters.Length).Except(order).MaxBy(next => TensorPrimitives.Dot<float>(centres[order[^1]], centres[next])));
        return new CentreSimilarities(
            [.. order.Select(place => clusters[place])],
            [.. order.Select(row => (IReadOnlyList<float>)[.. order.Select(column => row == column ? 1 : TensorPrimitives.Dot<float>(centres[row], centres[column]))])]);
    }

    /// <summary>The mean of each cluster's unit vectors, of length 1; 0 where they cancel out.</summary>
    private static float[][] Centres(EmbeddingMatrix matrix, ClusterAssignment assignment, int[] clusters)
    {
        var places = clusters.Select((cluster, place) => (cluster, place)).ToDictionary(pair => pair.cluster, pair => pair.place);
        float[][] centres = [.. clusters.Select(_ => new float[matrix.Dimension])];
        for (var row = 0; row < matrix.Count; row++)
        {
            if (places.TryGetValue(assignment.Labels[row], out var place) && TensorPrimitives.Norm(matrix[row]) is > 0 and var length)
                TensorPrimitives.MultiplyAdd(matrix[row], 1 / length, centres[place], centres[place]);
        }

        foreach (var centre in centres)
        {
            if (TensorPrimitives.Norm<float>(centre) is > 0 and var length)
                TensorPrimitives.Divide(centre, length, centre);
        }

        return centres;
    }
}
