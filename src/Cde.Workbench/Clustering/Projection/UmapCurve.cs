using MathNet.Numerics;

namespace Cde.Workbench.Clustering;

/// <summary>How alike two points of the map are by their distance: 1 / (1 + a d^(2b)).</summary>
/// <param name="A">a.</param>
/// <param name="B">b.</param>
internal readonly record struct UmapCurve(double A, double B)
{
    private const int Samples = 300; // as umap-learn

    /// <summary>
    /// The curve nearest, by squares over 0 to 3 spreads, to one that is 1 up to the minimum distance and falls as exp(-(d - minimum) / spread) from there.
    /// </summary>
    public static UmapCurve Fit(double minDistance, double spread)
    {
        var x = Generate.LinearSpaced(Samples, 0, 3 * spread);
        var y = Array.ConvertAll(x, d => d < minDistance ? 1 : Math.Exp(-(d - minDistance) / spread));
        // Fitted in units of the spread and by log a, in which the simplex search starts near every answer.
        var (logA, b) = MathNet.Numerics.Fit.Curve(
            Array.ConvertAll(x, d => d / spread), y, (logA, b, d) => 1 / (1 + (Math.Exp(logA) * Math.Pow(d, 2 * b))), 0.5, 1, 1e-10, 10_000);
        return new UmapCurve(Math.Exp(logA) / Math.Pow(spread, 2 * b), b);
    }

    /// <summary>The similarity at a distance.</summary>
    public double At(double distance) => 1 / (1 + (A * Math.Pow(distance, 2 * B)));
}
