namespace Cde.Workbench.Models;

/// <summary>
/// Sorts texts by length and cuts them into batches by a budget of positions, so that little of a batch is padding. Nothing is ever
/// padded to a fixed length.
/// </summary>
public static class BatchPlanner
{
    /// <summary>
    /// Plans batches over texts of the given lengths: longest first (so that the largest batch fails first where memory is short), equal
    /// lengths in their original order. The same lengths give the same plan on every machine.
    /// </summary>
    /// <param name="lengths">The length of each text in tokens.</param>
    /// <param name="tokenBudget">
    /// The most positions a batch may compute, padding and <paramref name="positionsPerText"/> included. A text longer than that is a batch
    /// of its own.
    /// </param>
    /// <param name="maxTexts">The most texts a batch may hold.</param>
    /// <param name="positionsPerText">Positions that the encoder runs in front of every text (context and soft prompt); 0 for none.</param>
    public static BatchPlan Plan(ReadOnlySpan<int> lengths, int tokenBudget, int maxTexts = int.MaxValue, int positionsPerText = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokenBudget);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxTexts);
        ArgumentOutOfRangeException.ThrowIfNegative(positionsPerText);
        var kept = lengths.ToArray();
        var rows = LongestFirst(kept);
        var starts = new List<int> { 0 };
        for (var start = 0; start < rows.Length; start = starts[^1])
        {
            var width = (long)kept[rows[start]] + positionsPerText;
            var fitting = width == 0 ? maxTexts : Math.Clamp(tokenBudget / width, 1, maxTexts);
            starts.Add((int)Math.Min(rows.Length, start + fitting));
        }

        return new BatchPlan(rows, [.. starts], kept);
    }

    /// <summary>A counting sort: stable, and linear in the number of texts.</summary>
    private static int[] LongestFirst(int[] lengths)
    {
        var longest = 0;
        foreach (var length in lengths)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(lengths));
            longest = Math.Max(longest, length);
        }

        var next = new int[longest + 2];
        foreach (var length in lengths)
            next[longest - length + 1]++;
        for (var bucket = 1; bucket < next.Length; bucket++)
            next[bucket] += next[bucket - 1];
        var rows = new int[lengths.Length];
        for (var row = 0; row < lengths.Length; row++)
            rows[next[longest - lengths[row]]++] = row;
        return rows;
    }
}
