namespace Cde.Workbench.Evaluation;

/// <summary>Ranks of numbers that occur several times each: sorted once, so that every draw of a bootstrap costs one pass.</summary>
internal sealed class WeightedRanks
{
    private readonly int[] _order;
    private readonly int[] _ends; // by place in the order: where the group of equal numbers ends

    /// <summary>Sorts the numbers.</summary>
    public WeightedRanks(double[] values)
    {
        _order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), _order);
        _ends = new int[values.Length];
        for (var place = values.Length - 1; place >= 0; place--)
            _ends[place] = place + 1 < values.Length && values[_order[place]] == values[_order[place + 1]] ? _ends[place + 1] : place + 1;
    }

    /// <summary>The rank of each number from 1 where each occurs so often; equal numbers share the mean of theirs.</summary>
    /// <param name="counts">How often each occurs.</param>
    /// <param name="ranks">Where the ranks are put.</param>
    public void Fill(ReadOnlySpan<int> counts, Span<double> ranks)
    {
        var below = 0;
        for (var first = 0; first < _order.Length; first = _ends[first])
        {
            var drawn = 0;
            for (var place = first; place < _ends[first]; place++)
                drawn += counts[_order[place]];
            for (var place = first; place < _ends[first]; place++)
                ranks[_order[place]] = below + ((drawn + 1) / 2.0);
            below += drawn;
        }
    }
}
