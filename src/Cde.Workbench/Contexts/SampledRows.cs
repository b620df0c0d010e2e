namespace Cde.Workbench.Contexts;

/// <summary>What samplers share that look at the documents.</summary>
internal static class SampledRows
{
    /// <summary>Chooses distinct rows, and over-samples a corpus that is smaller than the size: all of it as often as it fits, then a choice.</summary>
    /// <param name="count">Documents in the corpus.</param>
    /// <param name="size">Documents wanted.</param>
    /// <param name="seed">Of the order of what is taken whole.</param>
    /// <param name="choose">Chooses so many distinct rows, fewer than there are documents.</param>
    public static int[] OverSampled(int count, int size, long seed, Func<int, int[]> choose)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var rows = new List<int>(size);
        for (var time = 0; rows.Count + count <= size; time++)
        {
            int[] all = [.. Enumerable.Range(0, count)];
            SeededRandom.For(seed, 0, time).Shuffle<int>(all);
            rows.AddRange(all);
        }

        if (rows.Count < size)
            rows.AddRange(choose(size - rows.Count));
        return [.. rows];
    }

    /// <summary>Refuses vectors or labels of another corpus.</summary>
    public static void RequireOneOfEach(string sampler, int found, int documents, string what)
    {
        if (found != documents)
            throw new CdeException($"sampler {sampler}: {what} of {found} documents, but the corpus has {documents}; give them for this corpus");
    }
}
