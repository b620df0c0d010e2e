namespace Cde.Workbench.Figures;

/// <summary>Equal bins that all series of a histogram share, with how many values of each series are in each. A value on an edge belongs to the bin above.</summary>
internal sealed class HistogramBins
{
    private readonly Histogram _histogram;
    private readonly long _first;

    private HistogramBins(Histogram histogram, double low, double high)
    {
        _histogram = histogram;
        Width = RoundWidth((high - low) / Math.Clamp(histogram.Bins, 1, 500));
        _first = (long)Math.Floor((low / Width) + 1e-9);
        var count = Math.Max(1, (int)((long)Math.Ceiling((high / Width) - 1e-9) - _first));
        (From, To) = (Edge(0), Edge(count));
        Counts = [.. histogram.Series.Select(series => Count(series.Values, count))];
    }

    /// <summary>Where the first bin begins.</summary>
    public double From { get; }

    /// <summary>Where the last bin ends.</summary>
    public double To { get; }

    /// <summary>How wide each bin is.</summary>
    public double Width { get; }

    /// <summary>For each series the values in each bin.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    /// <summary>The bins of a histogram.</summary>
    /// <exception cref="CdeException">A value that is not finite, or no range.</exception>
    public static HistogramBins Of(Histogram histogram)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var series in histogram.Series)
        {
            for (var i = 0; i < series.Values.Count; i++)
            {
                if (!float.IsFinite(series.Values[i]))
                    throw new CdeException(FormattableString.Invariant($"histogram \"{histogram.Title}\": value {i} of {series.Name} is {series.Values[i]}: values are finite numbers; leave it out, or look where it comes from"));
                (low, high) = (Math.Min(low, series.Values[i]), Math.Max(high, series.Values[i]));
            }
        }

        if (histogram.Range is { } range)
        {
            if (!(range.To > range.From) || !double.IsFinite(range.To - range.From))
                throw new CdeException(FormattableString.Invariant($"histogram \"{histogram.Title}\": the range from {range.From} to {range.To} is empty; it goes from the smaller to the larger"));
            (low, high) = range;
        }

        if (low > high)
            (low, high) = (0, 1);
        return low == high ? new HistogramBins(histogram, low - 0.5, high + 0.5) : new HistogramBins(histogram, low, high);
    }

    /// <summary>Where a bin begins.</summary>
    public double Edge(int bin) => (_first + bin) * Width;

    /// <summary>A count as a share of its series.</summary>
    public double Share(int series, int count) => count == 0 ? 0 : (double)count / _histogram.Series[series].Values.Count;

    /// <summary>The median; of an even number of values the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyList<float> values)
    {
        float[] sorted = [.. values];
        Array.Sort(sorted);
        return ((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double RoundWidth(double width)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return ((double[])[1, 2, 2.5, 5, 10]).Select(factor => factor * power).First(candidate => candidate >= width * 0.999999);
    }

    private int[] Count(IReadOnlyList<float> values, int bins)
    {
        var counts = new int[bins];
        foreach (var value in values)
        {
            var bin = (int)Math.Clamp(Math.Floor(value / Width) - _first, 0, bins - 1);
            if (value >= (float)Edge(bin + 1)) // 0.29 in single precision is below 0.29, and belongs above that edge
                bin++;
            counts[Math.Min(bin, bins - 1)]++;
        }

        return counts;
    }
}
