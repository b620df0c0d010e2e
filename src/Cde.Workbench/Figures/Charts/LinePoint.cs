namespace Cde.Workbench.Figures;

/// <summary>A drawn point of a line.</summary>
/// <param name="X">Its place.</param>
/// <param name="Y">Its value.</param>
/// <param name="Low">Where its interval begins; the value itself where there is none.</param>
/// <param name="High">Where its interval ends.</param>
internal readonly record struct LinePoint(double X, double Y, double Low, double High)
{
    private const int Columns = 280; // of a long series the least and the largest value of each are drawn

    /// <summary>The finite points of a series, thinned where there are many.</summary>
    /// <param name="series">The series.</param>
    /// <param name="title">The chart, for what is refused.</param>
    /// <exception cref="ArgumentException">Lists of different lengths.</exception>
    public static IReadOnlyList<LinePoint> Of(LineSeries series, string title)
    {
        if (series.X.Count != series.Y.Count)
            throw new ArgumentException($"series {series.Name} of \"{title}\" has {series.X.Count} places for {series.Y.Count} values");
        if (series.Low.Count != series.High.Count || (series.Low.Count > 0 && series.Low.Count != series.X.Count))
            throw new ArgumentException($"series {series.Name} of \"{title}\" has {series.Low.Count} beginnings and {series.High.Count} ends of intervals for {series.X.Count} places");
        var finite = Enumerable.Range(0, series.X.Count)
            .Where(i => double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]))
            .Select(i => new LinePoint(series.X[i], series.Y[i], End(series.Low, i, series.Y[i]), End(series.High, i, series.Y[i]))).ToList();
        return finite.Count <= 2 * Columns
            ? finite
            : [.. finite.Chunk((finite.Count + Columns - 1) / Columns).SelectMany(part => new[] { part.MinBy(point => point.Y), part.MaxBy(point => point.Y) }.OrderBy(point => point.X))];
    }

    private static double End(IReadOnlyList<double> ends, int i, double value) => ends.Count > 0 && double.IsFinite(ends[i]) ? ends[i] : value;
}
