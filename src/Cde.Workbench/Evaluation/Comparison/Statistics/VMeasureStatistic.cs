namespace Cde.Workbench.Evaluation;

/// <summary>The V-measure of clusters with labels, the mean over several starts of the clustering. The clusters stay; only texts are drawn again.</summary>
internal sealed class VMeasureStatistic : IResampledStatistic
{
    private readonly Groups _labels;
    private readonly (Groups Clusters, Groups Cells)[] _starts;

    /// <summary>Numbers the labels, clusters and their common cells.</summary>
    /// <param name="starts">For each start a cluster an item.</param>
    /// <param name="labels">A label an item.</param>
    public VMeasureStatistic(IReadOnlyList<double[]> starts, double[] labels)
    {
        _labels = Groups.Of(labels);
        _starts = [.. starts.Select(clusters => (Groups.Of(clusters), Groups.Of([.. clusters.Zip(labels)])))];
    }

    /// <summary>
    /// How well each text lies: the harmonic mean of the share of its cluster that has its label and the share of its label that lies in its cluster (B-cubed; Bagga and Baldwin
    /// 1998), the mean over starts.
    /// </summary>
    /// <param name="starts">For each start a cluster an item.</param>
    /// <param name="labels">A label an item.</param>
    public static double[] Agreement(IReadOnlyList<double[]> starts, double[] labels)
    {
        var agreement = new double[labels.Length];
        var ofLabel = labels.CountBy(label => label).ToDictionary();
        foreach (var clusters in starts)
        {
            var ofCluster = clusters.CountBy(cluster => cluster).ToDictionary();
            var common = clusters.Zip(labels).CountBy(cell => cell).ToDictionary();
            for (var i = 0; i < labels.Length; i++)
                agreement[i] += 2.0 * common[(clusters[i], labels[i])] / (ofCluster[clusters[i]] + ofLabel[labels[i]]) / starts.Count;
        }

        return agreement;
    }

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> counts)
    {
        var n = 0;
        foreach (var count in counts)
            n += count;
        var (sum, label) = (0.0, _labels.Entropy(counts, n));
        foreach (var (clusters, cells) in _starts)
        {
            var cluster = clusters.Entropy(counts, n);
            var mutual = label + cluster - cells.Entropy(counts, n);
            var (homogeneity, completeness) = (label > 0 ? mutual / label : 1, cluster > 0 ? mutual / cluster : 1);
            sum += homogeneity + completeness > 0 ? 2 * homogeneity * completeness / (homogeneity + completeness) : 0;
        }

        return n > 0 ? sum / _starts.Length : double.NaN;
    }

    /// <summary>A grouping of the items.</summary>
    /// <param name="Members">Each item's group.</param>
    /// <param name="Count">How many groups there are.</param>
    private sealed record Groups(int[] Members, int Count)
    {
        /// <summary>Items of equal values are a group.</summary>
        public static Groups Of<T>(IReadOnlyList<T> values)
            where T : notnull
        {
            var numbers = new Dictionary<T, int>();
            int[] members = [.. values.Select(value => numbers.TryGetValue(value, out var number) ? number : numbers[value] = numbers.Count)];
            return new Groups(members, numbers.Count);
        }

        /// <summary>The entropy of the grouping where each item counts so often (natural logarithm).</summary>
        public double Entropy(ReadOnlySpan<int> counts, int n)
        {
            var sizes = new int[Count];
            for (var i = 0; i < Members.Length; i++)
                sizes[Members[i]] += counts[i];
            var sum = 0.0;
            foreach (var size in sizes)
                sum += size > 0 ? size * Math.Log(size) : 0;
            return Math.Log(n) - (sum / n);
        }
    }
}
