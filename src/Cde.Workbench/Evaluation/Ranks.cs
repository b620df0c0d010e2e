namespace Cde.Workbench.Evaluation;

/// <summary>Ranks of numbers, for the tests and correlations that look at order alone.</summary>
internal static class Ranks
{
    /// <summary>The rank of each value from 1, the smallest first; equal values share the mean of their ranks.</summary>
    public static double[] Average(IReadOnlyList<double> values)
    {
        var (keys, order) = (values.ToArray(), Enumerable.Range(0, values.Count).ToArray());
        Array.Sort(keys, order);
        var ranks = new double[keys.Length];
        for (int start = 0, end = 1; end <= keys.Length; end++)
        {
            if (end < keys.Length && keys[end] == keys[start])
                continue;
            for (var i = start; i < end; i++)
                ranks[order[i]] = (start + end + 1) / 2.0;
            start = end;
        }

        return ranks;
    }
}
