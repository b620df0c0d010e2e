using Cde.Torch;
using Cde.Workbench.Embedding;
using static TorchSharp.torch;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Fewer dimensions: the products of a row with the first right singular vectors of the data, which are not centred first. It is what cde
/// clusters (scikit-learn's TruncatedSVD), computed exactly from the eigenvectors of X^T X in double. Of each vector the sign is chosen
/// that makes its largest number positive.
/// </summary>
public sealed class TruncatedSvd
{
    private const int BlockRows = 2048;

    private readonly float[] _components; // (m, d)

    private TruncatedSvd(float[] components, int dimension, double[] singularValues)
    {
        (_components, Dimension, SingularValues) = (components, dimension, singularValues);
    }

    /// <summary>d: the width that goes in.</summary>
    public int Dimension { get; }

    /// <summary>m: the width that comes out.</summary>
    public int Components => SingularValues.Count;

    /// <summary>The m largest singular values, falling.</summary>
    public IReadOnlyList<double> SingularValues { get; }

    /// <summary>A right singular vector: d numbers of norm 1.</summary>
    public ReadOnlySpan<float> Component(int index) => _components.AsSpan(index * Dimension, Dimension);

    /// <summary>Fits the singular vectors of a matrix.</summary>
    /// <param name="matrix">The rows.</param>
    /// <param name="components">m; as many as the matrix is wide where there are fewer.</param>
    /// <param name="rows">How many of the first rows are looked at; cde takes 100,000.</param>
    /// <param name="cancellationToken">Stops between blocks of rows.</param>
    /// <exception cref="CdeException">A row holds NaN or infinity; the rows are named.</exception>
    public static TruncatedSvd Fit(EmbeddingMatrix matrix, int components, int rows = 100_000, CancellationToken cancellationToken = default) =>
        Fit(new MatrixPoints(matrix), components, rows, cancellationToken);

    /// <summary>A matrix in fewer dimensions: N*m numbers, row by row, not normalised.</summary>
    public float[] Apply(EmbeddingMatrix matrix, CancellationToken cancellationToken = default) => Apply(new MatrixPoints(matrix), cancellationToken);

    /// <inheritdoc cref="Fit(EmbeddingMatrix, int, int, CancellationToken)"/>
    internal static TruncatedSvd Fit(IPoints points, int components, int rows, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        var some = points.Count <= rows ? points : new FirstPoints(points, rows);
        var (d, m) = (points.Dimension, Math.Min(components, points.Dimension));
        using var none = no_grad();
        using var scope = NewDisposeScope();
        using var blocks = new PointBlocks(some, 0, BlockRows, cancellationToken);
        var gram = zeros(d, d, dtype: ScalarType.Float64, device: CPU);
        for (var block = 0; block < blocks.Blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var x = blocks.Block(block).to_type(ScalarType.Float64);
            gram.add_(x.t().matmul(x)); // (d, rows) x (rows, d) -> (d, d)
        }

        var found = GramEigenvectors.Of(gram, m);
        return new TruncatedSvd(Array.ConvertAll(found.Vectors, value => (float)value), d, [.. found.Values.Take(m).Select(Math.Sqrt)]);
    }

    /// <inheritdoc cref="Apply(EmbeddingMatrix, CancellationToken)"/>
    internal float[] Apply(IPoints points, CancellationToken cancellationToken)
    {
        if (points.Dimension != Dimension)
            throw new CdeException($"vectors are {points.Dimension} numbers wide, the singular vectors {Dimension}; fit them on vectors of this model");
        using var none = no_grad();
        using var weight = tensor(_components, [Components, Dimension], device: CPU);
        using var layer = new PackedLinear(weight, null);
        using var blocks = new PointBlocks(points, 0, BlockRows, cancellationToken);
        var reduced = new float[checked(points.Count * Components)];
        for (var block = 0; block < blocks.Blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var rows = blocks.Block(block);
            using var product = layer.Apply(rows); // (rows, d) -> (rows, m)
            PointBlocks.Values(product).CopyTo(reduced.AsSpan(blocks.Start(block) * Components));
        }

        return reduced;
    }
}
