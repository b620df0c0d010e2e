namespace Cde.Workbench.Training;

/// <summary>Spearman's rank correlation, by which models of text similarity are judged.</summary>
internal static class RankCorrelation
{
    /// <summary>From -1 to 1: Pearson's correlation of the ranks, ties sharing their mean rank; null where either side is constant.</summary>
    public static double? Of(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var (x, y) = (Ranks(left), Ranks(right));
        var (middle, covariance, ofX, ofY) = ((x.Length - 1) / 2.0, 0.0, 0.0, 0.0); // ranks have this mean, ties or not
        for (var i = 0; i < x.Length; i++)
        {
            covariance += (x[i] - middle) * (y[i] - middle);
            ofX += (x[i] - middle) * (x[i] - middle);
            ofY += (y[i] - middle) * (y[i] - middle);
        }

        return ofX > 0 && ofY > 0 ? covariance / Math.Sqrt(ofX * ofY) : null;
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            for (var i = first; i < end; i++)
                ranks[order[i]] = (first + end - 1) / 2.0;
            first = end;
        }

        return ranks;
    }
}
