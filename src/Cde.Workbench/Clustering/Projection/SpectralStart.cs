using MathNet.Numerics.LinearAlgebra;

namespace Cde.Workbench.Clustering;

/// <summary>
/// The second and third eigenvector of a graph's normalised Laplacian, near enough to start a map from: Lanczos iteration with full
/// reorthogonalisation (Golub and Van Loan, 10.1) on D^-1/2 W D^-1/2, whose first eigenvector is known. Sums run in a fixed order.
/// </summary>
internal sealed class SpectralStart
{
    private const int MostSteps = 200;
    private const int FewestSteps = 30;
    private const int BasisNumbers = 1 << 25; // 256 MiB of basis at most, while that leaves enough steps
    private const double Exhausted = 1e-10;

    private readonly SparseGraph _graph;
    private readonly double[] _inverseRoots; // of the degrees
    private readonly List<double[]> _basis = [];

    private SpectralStart(SparseGraph graph)
    {
        (_graph, _inverseRoots) = (graph, new double[graph.Count]);
        for (var i = 0; i < graph.Count; i++)
        {
            var degree = 0.0;
            for (var edge = graph.Starts[i]; edge < graph.Starts[i + 1]; edge++)
                degree += graph.Weights[edge];
            _inverseRoots[i] = 1 / Math.Sqrt(degree);
        }
    }

    /// <summary>Pairs of the two eigenvectors, of norm 1 each; null where there are none, as of very few points.</summary>
    /// <param name="graph">Connected.</param>
    /// <param name="seed">Of the first direction.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public static double[]? Of(SparseGraph graph, long seed, CancellationToken cancellationToken) => new SpectralStart(graph).Run(seed, cancellationToken);

    private double[]? Run(long seed, CancellationToken cancellationToken)
    {
        var n = _graph.Count;
        var known = Array.ConvertAll(_inverseRoots, value => 1 / value);
        Scale(known, 1 / Norm(known));
        var random = SeededRandom.For(seed, 7);
        var vector = new double[n];
        for (var i = 0; i < n; i++)
            vector[i] = MapStarts.Normal(random);
        var steps = Math.Min(n - 1, Math.Clamp(BasisNumbers / n, FewestSteps, MostSteps));
        var (diagonal, beside) = (new List<double>(), new List<double>());
        for (var step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Orthogonalize(vector, known);
            var norm = Norm(vector);
            if (norm < Exhausted)
                break;
            if (step > 0)
                beside.Add(norm);
            Scale(vector, 1 / norm);
            _basis.Add(vector);
            vector = Multiply(vector);
            diagonal.Add(Dot(vector, _basis[^1]));
        }

        return diagonal.Count < 2 ? null : Pairs([.. diagonal], [.. beside]);
    }

    /// <summary>The two eigenvectors of the largest eigenvalues, from those of the tridiagonal matrix.</summary>
    private double[] Pairs(double[] diagonal, double[] beside)
    {
        var m = diagonal.Length;
        var small = Matrix<double>.Build.Dense(m, m, (i, j) => i == j ? diagonal[i] : Math.Abs(i - j) == 1 ? beside[Math.Min(i, j)] : 0);
        var vectors = small.Evd(Symmetricity.Symmetric).EigenVectors; // ascending
        var pairs = new double[2 * _graph.Count];
        for (var axis = 0; axis < 2; axis++)
        {
            var largest = 0.0;
            for (var i = 0; i < _graph.Count; i++)
            {
                var value = 0.0;
                for (var step = 0; step < m; step++)
                    value += vectors[step, m - 1 - axis] * _basis[step][i];
                pairs[(2 * i) + axis] = value;
                largest = Math.Abs(value) > Math.Abs(largest) ? value : largest;
            }

            for (var i = 0; largest < 0 && i < _graph.Count; i++)
                pairs[(2 * i) + axis] *= -1;
        }

        return pairs;
    }

    private double[] Multiply(double[] vector)
    {
        var product = new double[vector.Length];
        Parallel.For(0, product.Length, i =>
        {
            var sum = 0.0;
            for (var edge = _graph.Starts[i]; edge < _graph.Starts[i + 1]; edge++)
                sum += _graph.Weights[edge] * vector[_graph.Columns[edge]] * _inverseRoots[_graph.Columns[edge]];
            product[i] = sum * _inverseRoots[i];
        });
        return product;
    }

    private void Orthogonalize(double[] vector, double[] known)
    {
        for (var pass = 0; pass < 2; pass++) // twice is enough (Parlett 1998, 6.9)
        {
            Subtract(vector, known);
            foreach (var direction in _basis)
                Subtract(vector, direction);
        }
    }

    private static void Subtract(double[] vector, double[] direction)
    {
        var product = Dot(vector, direction);
        for (var i = 0; i < vector.Length; i++)
            vector[i] -= product * direction[i];
    }

    private static double Dot(double[] a, double[] b)
    {
        var (even, odd) = (0.0, 0.0); // two chains, so that one does not wait for the other
        var i = 0;
        for (; i < a.Length - 1; i += 2)
            (even, odd) = (even + (a[i] * b[i]), odd + (a[i + 1] * b[i + 1]));
        return even + odd + (i < a.Length ? a[i] * b[i] : 0);
    }

    private static double Norm(double[] vector) => Math.Sqrt(Dot(vector, vector));

    private static void Scale(double[] vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] *= factor;
    }
}
