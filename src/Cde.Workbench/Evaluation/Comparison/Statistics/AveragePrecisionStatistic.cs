namespace Cde.Workbench.Evaluation;

/// <summary>The best average precision of several similarities of the same pairs, equal similarities being one step (<see cref="BinaryScores.AveragePrecision"/>).</summary>
internal sealed class AveragePrecisionStatistic : IResampledStatistic
{
    private readonly bool[] _isOfClass;
    private readonly (int[] Order, double[] Sorted)[] _similarities;

    /// <summary>Sorts each similarity.</summary>
    /// <param name="similarities">Each with a value an item; larger speaks for the class.</param>
    /// <param name="isOfClass">Whether each item is of the class.</param>
    public AveragePrecisionStatistic(IReadOnlyList<double[]> similarities, bool[] isOfClass)
    {
        _isOfClass = isOfClass;
        _similarities = [.. similarities.Select(values =>
        {
            int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i])];
            return (order, Array.ConvertAll(order, i => values[i]));
        })];
    }

    /// <summary>The share of the other class that each item is on the right side of, by the similarity of the best average precision; equal ones count half.</summary>
    /// <param name="similarities">Each with a value an item; larger speaks for the class.</param>
    /// <param name="isOfClass">Whether each item is of the class; both occur.</param>
    public static double[] Agreement(IReadOnlyList<double[]> similarities, bool[] isOfClass)
    {
        var best = similarities.MaxBy(values => BinaryScores.AveragePrecision(values, isOfClass))!;
        var (ranks, total) = (Ranks.Average(best), isOfClass.Count(yes => yes));
        var others = isOfClass.Length - total;
        // Ranks inside the own class and among all: the rest are those of the other class below.
        int[] own = [.. Enumerable.Range(0, best.Length).Where(i => isOfClass[i])], other = [.. Enumerable.Range(0, best.Length).Where(i => !isOfClass[i])];
        var agreement = new double[best.Length];
        foreach (var (items, count, isOwn) in ((int[], int, bool)[])[(own, others, true), (other, total, false)])
        {
            var inside = Ranks.Average([.. items.Select(i => best[i])]);
            for (var place = 0; place < items.Length; place++)
            {
                var below = (ranks[items[place]] - inside[place]) / count;
                agreement[items[place]] = isOwn ? below : 1 - below;
            }
        }

        return agreement;
    }

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> counts)
    {
        var best = double.NaN;
        foreach (var (order, sorted) in _similarities)
            best = Of(counts, order, sorted) is var value && !(value <= best) ? value : best;
        return best;
    }

    private double Of(ReadOnlySpan<int> counts, int[] order, double[] sorted)
    {
        var (drawn, found, gained, sum) = (0, 0, 0, 0.0);
        for (var place = 0; place < order.Length; place++)
        {
            var item = order[place];
            drawn += counts[item];
            gained += _isOfClass[item] ? counts[item] : 0;
            if (gained == 0 || (place + 1 < order.Length && sorted[place + 1] == sorted[place]))
                continue;
            found += gained;
            sum += (double)gained * found / drawn;
            gained = 0;
        }

        return found > 0 ? sum / found : double.NaN;
    }
}
