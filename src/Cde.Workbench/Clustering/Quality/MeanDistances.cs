using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>A point's mean distance to the points of each cluster, itself left out of its own.</summary>
internal interface IMeanDistances
{
    /// <summary>The means by cluster; 0 for clusters without other points. Threads may ask at the same time.</summary>
    void Of(int row, Span<double> means);
}

/// <summary>By 1 - cosine: the mean over a cluster is 1 - u . (sum of its unit vectors) / size.</summary>
internal sealed class MeanCosineDistances : IMeanDistances
{
    private readonly EmbeddingMatrix _matrix;
    private readonly ClusterAssignment _assignment;
    private readonly double[] _sums; // (K, d)
    private readonly double[] _norms;

    /// <summary>Sums each cluster's unit vectors.</summary>
    public MeanCosineDistances(EmbeddingMatrix matrix, ClusterAssignment assignment)
    {
        (_matrix, _assignment) = (matrix, assignment);
        _sums = new double[checked((long)assignment.Clusters * matrix.Dimension)];
        _norms = new double[matrix.Count];
        for (var row = 0; row < matrix.Count; row++)
        {
            var vector = matrix[row];
            _norms[row] = Math.Max(Math.Sqrt(ExactDot.Of(vector, vector)), UnitVectors.Smallest);
            if (assignment.Labels[row] < 0)
                continue;
            var sum = _sums.AsSpan(assignment.Labels[row] * matrix.Dimension, matrix.Dimension);
            for (var j = 0; j < sum.Length; j++)
                sum[j] += vector[j] / _norms[row];
        }
    }

    public void Of(int row, Span<double> means)
    {
        var vector = _matrix[row];
        for (var k = 0; k < means.Length; k++)
        {
            var isOwn = k == _assignment.Labels[row];
            var others = _assignment.Sizes[k] - (isOwn ? 1 : 0);
            var product = 0.0;
            var sum = _sums.AsSpan(k * vector.Length, vector.Length);
            for (var j = 0; j < vector.Length; j++)
                product += vector[j] * sum[j];
            product /= _norms[row];
            if (isOwn)
                product -= ExactDot.Of(vector, vector) / (_norms[row] * _norms[row]);
            means[k] = others > 0 ? 1 - (product / others) : 0;
        }
    }
}

/// <summary>By Euclidean distance, from all points.</summary>
internal sealed class MeanEuclideanDistances(EmbeddingMatrix matrix, ClusterAssignment assignment) : IMeanDistances
{
    public void Of(int row, Span<double> means)
    {
        means.Clear();
        var vector = matrix[row];
        for (var other = 0; other < matrix.Count; other++)
        {
            if (other != row && assignment.Labels[other] is >= 0 and var label)
                means[label] += Math.Sqrt(ExactDistance.Squared(vector, matrix[other]));
        }

        for (var k = 0; k < means.Length; k++)
        {
            var others = assignment.Sizes[k] - (k == assignment.Labels[row] ? 1 : 0);
            means[k] = others > 0 ? means[k] / others : 0;
        }
    }
}
