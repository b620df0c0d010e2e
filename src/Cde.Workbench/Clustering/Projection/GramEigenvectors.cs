using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Eigenvectors of X^T X, largest eigenvalue first. Of each vector the sign is chosen that makes its largest number positive (scikit-learn from 1.5
/// on), so that a repeated fit is not mirrored.
/// </summary>
/// <param name="Values">All d eigenvalues, falling; none below 0.</param>
/// <param name="Vectors">(m, d): the first m eigenvectors.</param>
internal sealed record GramEigenvectors(double[] Values, double[] Vectors)
{
    /// <summary>Decomposes a (d, d) matrix in double.</summary>
    /// <param name="gram">Symmetric.</param>
    /// <param name="count">m; d at most.</param>
    public static GramEigenvectors Of(Tensor gram, int count)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var (values, vectors) = linalg.eigh(gram); // ascending
        var squares = values.data<double>().ToArray();
        var columns = vectors.t().contiguous().data<double>().ToArray(); // (d, d), a vector a row
        var d = squares.Length;
        var kept = new double[count * d];
        for (var i = 0; i < count; i++)
        {
            var vector = columns.AsSpan((d - 1 - i) * d, d);
            var sign = Sign(vector);
            for (var j = 0; j < d; j++)
                kept[(i * d) + j] = sign * vector[j];
        }

        return new GramEigenvectors([.. squares.Reverse().Select(value => Math.Max(0, value))], kept);
    }

    private static int Sign(ReadOnlySpan<double> vector)
    {
        var largest = 0.0;
        foreach (var value in vector)
            largest = Math.Abs(value) > Math.Abs(largest) ? value : largest;
        return largest < 0 ? -1 : 1;
    }
}
