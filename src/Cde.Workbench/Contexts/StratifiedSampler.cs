using Cde.Workbench.Clustering;

namespace Cde.Workbench.Contexts;

/// <summary>
/// <c>stratified</c>: from each cluster, or each value of a metadata field, its share of the documents (largest remainders first), drawn at random. Small groups that a plain random
/// sample misses are in it; take it where a corpus is made of parts of very different sizes.
/// </summary>
/// <param name="strata">The stratum of each document; documents in none count as a stratum of their own.</param>
public sealed class StratifiedSampler(ClusterAssignment strata) : IMinicorpusSampler
{
    /// <summary>The sampler's name.</summary>
    public const string SamplerName = "stratified";

    /// <inheritdoc/>
    public string Name => SamplerName;

    /// <inheritdoc/>
    public IReadOnlyList<int> Sample(int corpusCount, int size, long seed)
    {
        SampledRows.RequireOneOfEach(Name, strata.Count, corpusCount, "strata");
        return SampledRows.OverSampled(corpusCount, size, seed, wanted => Choose(wanted, seed));
    }

    private int[] Choose(int size, long seed)
    {
        var groups = Enumerable.Range(0, strata.Count).GroupBy(row => strata.Labels[row]).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        var quotas = Quotas([.. groups.Select(group => group.Length)], size);
        var chosen = new List<int>(size);
        for (var i = 0; i < groups.Length; i++)
        {
            SeededRandom.For(seed, 1, i).Shuffle<int>(groups[i]);
            chosen.AddRange(groups[i].Take(quotas[i]));
        }

        int[] rows = [.. chosen];
        SeededRandom.For(seed, 2).Shuffle<int>(rows);
        return rows;
    }

    /// <summary>Shares in proportion to the groups' sizes that add up to <paramref name="size"/>, none above its group: whole parts first, then the largest remainders.</summary>
    internal static int[] Quotas(IReadOnlyList<int> groups, int size)
    {
        var total = groups.Sum(count => (long)count);
        int[] quotas = [.. groups.Select(count => (int)(count * (long)size / total))];
        var byRemainder = Enumerable.Range(0, groups.Count).OrderByDescending(i => groups[i] * (long)size % total).ThenBy(i => i);
        foreach (var i in byRemainder.Take(size - quotas.Sum()))
            quotas[i]++;
        return quotas;
    }
}
