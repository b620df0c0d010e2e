namespace Cde.Workbench.Clustering;

/// <summary>
/// Where maps start from: pairs (x, y) a point. Matrix products may differ in the last bits from one number of threads to another, and layouts blow such
/// differences up; so starts are rounded to a grid far coarser than they.
/// </summary>
internal static class MapStarts
{
    private const double Grid = 4096; // places to the largest coordinate

    /// <summary>The first two principal components; of vectors one number wide, it and 0.</summary>
    public static double[] Principal(IPoints points, CancellationToken cancellationToken)
    {
        var width = Math.Min(2, points.Dimension);
        var scores = Pca.Fit(points, width, cancellationToken).Apply(points, cancellationToken);
        return width == 2 ? scores : [.. scores.SelectMany(score => (double[])[score, 0])];
    }

    /// <summary>Scales the pairs so that the largest coordinate is 1, and rounds them.</summary>
    public static double[] Rounded(double[] pairs)
    {
        var largest = pairs.Max(Math.Abs);
        return Array.ConvertAll(pairs, value => largest > 0 ? Math.Round(value / largest * Grid) / Grid : 0);
    }

    /// <summary>A normal number (Box and Muller).</summary>
    public static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
