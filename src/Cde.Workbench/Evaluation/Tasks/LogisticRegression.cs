using System.Numerics.Tensors;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Logistic regression as scikit-learn's with its defaults: C 1, L2 penalty on the weights and not on the intercepts, L-BFGS with at most 100 iterations. Two classes have
/// one weight vector, more have one each (softmax).
/// </summary>
public sealed class LogisticRegression
{
    /// <summary>Most iterations, as mteb asks for.</summary>
    public const int DefaultIterations = 100;

    private readonly double[] _weights;
    private readonly int _width;
    private readonly int _vectors;

    private LogisticRegression(double[] weights, int width, int vectors) => (_weights, _width, _vectors) = (weights, width, vectors);

    /// <summary>Weights and, last in each row, the intercept: one row for two classes, else one a class.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>Learns.</summary>
    /// <param name="points">The points, of one width.</param>
    /// <param name="labels">A label from 0 for each point.</param>
    /// <param name="classes">How many labels there are; at least two.</param>
    /// <param name="penalty">Half of this times the squared weights is added to the summed loss (1 / C).</param>
    /// <param name="iterations">Most iterations.</param>
    /// <param name="cancellationToken">Stops between iterations.</param>
    /// <exception cref="ArgumentException">There are no points, or a label is out of range.</exception>
    public static LogisticRegression Fit(
        IReadOnlyList<double[]> points, IReadOnlyList<int> labels, int classes, double penalty = 1, int iterations = DefaultIterations, CancellationToken cancellationToken = default)
    {
        if (points.Count == 0 || points.Count != labels.Count || classes < 2 || labels.Any(label => label < 0 || label >= classes))
            throw new ArgumentException($"{points.Count} points with {labels.Count} labels of {classes} classes; a label from 0 to {classes - 1} is needed for every point", nameof(labels));
        var (width, vectors) = (points[0].Length, classes == 2 ? 1 : classes);
        // A constant 1 after each point multiplies the intercept.
        double[][] extended = [.. points.Select(point => (double[])[.. point, 1])];
        var found = LimitedMemoryBfgs.Minimize(new double[vectors * (width + 1)], (weights, gradient) => Loss(weights, gradient, extended, labels, vectors, penalty), iterations, cancellationToken: cancellationToken);
        return new LogisticRegression(found, width, vectors);
    }

    /// <summary>The most likely label of each row.</summary>
    public int[] Predict(EmbeddingMatrix rows)
    {
        var found = new int[rows.Count];
        Parallel.For(0, rows.Count, row => found[row] = Predict(VectorSimilarity.Doubles(rows[row])));
        return found;
    }

    /// <summary>The most likely label of a point.</summary>
    public int Predict(double[] point)
    {
        double[] extended = [.. point, 1];
        if (_vectors == 1)
            return TensorPrimitives.Dot<double>(_weights, extended) > 0 ? 1 : 0;
        var scores = new double[_vectors];
        for (var k = 0; k < _vectors; k++)
            scores[k] = TensorPrimitives.Dot<double>(_weights.AsSpan(k * (_width + 1), _width + 1), extended);
        return TensorPrimitives.IndexOfMax<double>(scores);
    }

    /// <summary>The penalised loss, and its gradient.</summary>
    internal static double Loss(double[] weights, double[] gradient, double[][] points, IReadOnlyList<int> labels, int vectors, double penalty)
    {
        var size = points[0].Length;
        var (slopes, losses) = (new double[points.Length][], new double[points.Length]);
        Parallel.For(0, points.Length, i =>
        {
            var scores = new double[vectors];
            for (var k = 0; k < vectors; k++)
                scores[k] = TensorPrimitives.Dot<double>(weights.AsSpan(k * size, size), points[i]);
            if (vectors == 1)
            {
                var signed = labels[i] == 1 ? scores[0] : -scores[0];
                losses[i] = signed > 0 ? Math.Log(1 + Math.Exp(-signed)) : Math.Log(1 + Math.Exp(signed)) - signed;
                slopes[i] = [(1 / (1 + Math.Exp(-scores[0]))) - labels[i]];
                return;
            }

            var largest = TensorPrimitives.Max<double>(scores);
            var own = scores[labels[i]] - largest;
            TensorPrimitives.Subtract(scores, largest, scores);
            TensorPrimitives.Exp<double>(scores, scores);
            var sum = TensorPrimitives.Sum<double>(scores);
            losses[i] = Math.Log(sum) - own;
            TensorPrimitives.Divide(scores, sum, scores);
            scores[labels[i]] -= 1;
            slopes[i] = scores;
        });
        var squares = new double[vectors];
        Parallel.For(0, vectors, k =>
        {
            var row = weights.AsSpan(k * size, size);
            var into = gradient.AsSpan(k * size, size);
            TensorPrimitives.Multiply(row, penalty, into);
            squares[k] = TensorPrimitives.SumOfSquares<double>(row[..^1]);
            into[^1] = 0;
            for (var i = 0; i < points.Length; i++)
                TensorPrimitives.MultiplyAdd(points[i], slopes[i][k], into, into);
        });
        return losses.Sum() + (penalty / 2 * squares.Sum());
    }
}
