using Cde.Workbench.Embedding;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Principal components, exact: the directions in which the centred data vary most, from the eigenvectors of their covariance in double. Of each
/// component the sign is chosen that makes its largest number positive.
/// </summary>
public sealed class Pca
{
    private const int BlockRows = 2048;

    private readonly double[] _mean; // (d)
    private readonly double[] _components; // (m, d)

    private Pca(double[] mean, double[] components, double[] variances, double total)
    {
        (_mean, _components, ExplainedVariance) = (mean, components, variances);
        ExplainedVarianceRatio = [.. variances.Select(variance => total > 0 ? variance / total : 0)];
    }

    /// <summary>d: the width that goes in.</summary>
    public int Dimension => _mean.Length;

    /// <summary>m: the width that comes out.</summary>
    public int Components => ExplainedVariance.Count;

    /// <summary>The variance along each component (divided by N - 1), falling.</summary>
    public IReadOnlyList<double> ExplainedVariance { get; }

    /// <summary>The same as a share of the variance in all d directions, 0 to 1.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio { get; }

    /// <summary>The mean of the rows: d numbers.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>A component: d numbers of norm 1.</summary>
    public ReadOnlySpan<double> Component(int index) => _components.AsSpan(index * Dimension, Dimension);

    /// <summary>Fits the components of the rows of matrices, as they are: not normalised.</summary>
    /// <param name="vectors">Matrices of one width.</param>
    /// <param name="components">m, from 1 to d.</param>
    /// <param name="cancellationToken">Stops between blocks of rows.</param>
    /// <exception cref="CdeException">There are fewer than three rows or columns than components, all rows are equal, or one holds NaN or infinity; the rows are named.</exception>
    public static Pca Fit(IReadOnlyList<EmbeddingMatrix> vectors, int components = 2, CancellationToken cancellationToken = default)
    {
        var points = MapVectors.Of(vectors, ClusterMetric.Euclidean);
        MapVectors.Check(points, cancellationToken);
        return Fit(points, components, cancellationToken);
    }

    /// <summary>The rows along the components: N*m numbers, row by row.</summary>
    /// <exception cref="CdeException">The width is not the fitted one.</exception>
    public double[] Apply(IReadOnlyList<EmbeddingMatrix> vectors, CancellationToken cancellationToken = default) =>
        Apply(MapVectors.Of(vectors, ClusterMetric.Euclidean), cancellationToken);

    /// <inheritdoc cref="Fit(IReadOnlyList{EmbeddingMatrix}, int, CancellationToken)"/>
    internal static Pca Fit(IPoints points, int components, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        var d = points.Dimension;
        if (components > d)
            throw new CdeException($"PCA: {components} components of vectors {d} numbers wide; ask for {d} at most");
        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var blocks = new PointBlocks(points, 0, BlockRows, cancellationToken);
        var sum = zeros(d, dtype: ScalarType.Float64, device: CPU);
        ForEachBlock(blocks, null, x => sum.add_(x.sum(0L)), cancellationToken);
        var mean = sum / points.Count;
        var scatter = zeros(d, d, dtype: ScalarType.Float64, device: CPU);
        ForEachBlock(blocks, mean, x => scatter.add_(x.t().matmul(x)), cancellationToken); // (d, rows) x (rows, d) -> (d, d)
        var found = GramEigenvectors.Of(scatter, components);
        var freedom = Math.Max(1, points.Count - 1);
        return new Pca(
            mean.data<double>().ToArray(), found.Vectors, [.. found.Values.Take(components).Select(value => value / freedom)], found.Values.Sum() / freedom);
    }

    /// <inheritdoc cref="Apply(IReadOnlyList{EmbeddingMatrix}, CancellationToken)"/>
    internal double[] Apply(IPoints points, CancellationToken cancellationToken)
    {
        if (points.Dimension != Dimension)
            throw new CdeException($"vectors are {points.Dimension} numbers wide, the components {Dimension}; fit them on vectors of this model");
        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var blocks = new PointBlocks(points, 0, BlockRows, cancellationToken);
        var (mean, weight) = (tensor(_mean, [Dimension], device: CPU), tensor(_components, [Components, Dimension], device: CPU).t());
        var reduced = new double[checked(points.Count * Components)];
        var filled = 0;
        ForEachBlock(
            blocks,
            mean,
            x =>
            {
                var product = x.matmul(weight).data<double>().ToArray(); // (rows, d) x (d, m) -> (rows, m)
                product.CopyTo(reduced, filled);
                filled += product.Length;
            },
            cancellationToken);
        return reduced;
    }

    private static void ForEachBlock(PointBlocks blocks, Tensor? mean, Action<Tensor> take, CancellationToken cancellationToken)
    {
        for (var block = 0; block < blocks.Blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var x = blocks.Block(block).to_type(ScalarType.Float64);
            take(mean is null ? x : x - mean);
        }
    }
}
