using Cde.Workbench.Clustering;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class LengthBatchSamplerTests
{
    private const int Count = 3000;

    private static readonly ClusterAssignment Domains = new([.. Enumerable.Range(0, Count).Select(row => row % 3 == 0 ? 0 : 1)], 2);
    private static readonly int[] Tokens = [.. Enumerable.Range(0, Count).Select(row => 3 + (int)(SeededRandom.For(5, row).NextDouble() * 200))];
    private static readonly BatchSamplerOptions Options = new() { BatchSize = 8, SmallestBatch = 1, RowTokens = Tokens };

    [Fact]
    public void Batches_holdEveryRowOnce_ofOneDomain()
    {
        var batches = new LengthBatchSampler(Domains, Options).Epoch(0).Batches().ToList();

        Assert.Equal(Enumerable.Range(0, Count).Select(row => (long)row), batches.SelectMany(batch => batch).Order());
        Assert.All(batches, batch => Assert.Single(batch.Select(row => Domains.Labels[(int)row]).Distinct()));
    }

    [Fact]
    public void Batches_padLessThanRandomOnesOfTheSameDomains()
    {
        // Positions over tokens: 400 rows of a stretch over 200 lengths make batches of 8 differ by about 4 tokens.
        Assert.InRange(Padded(new LengthBatchSampler(Domains, Options)), 1.0, 1.1);
        Assert.InRange(Padded(new DomainBatchSampler(Domains, Options)), 1.5, 2.0);
    }

    [Fact]
    public void Company_changesFromEpochToEpoch_andRepeatsByTheSeed()
    {
        var sampler = new LengthBatchSampler(Domains, Options);
        var first = Pairs(sampler.Epoch(0));

        Assert.Equal(first, Pairs(new LengthBatchSampler(Domains, Options).Epoch(0)));
        Assert.True(first.Intersect(Pairs(sampler.Epoch(1))).Count() < first.Count / 4);
        Assert.NotEqual(sampler.Epoch(0)[0], new LengthBatchSampler(Domains, Options with { Seed = 43 }).Epoch(0)[0]);
    }

    [Fact]
    public void Rows_withoutTheirTokens_areRefused()
    {
        Assert.Contains("the sampler length needs the tokens of each row", Assert.Throws<CdeException>(() => new LengthBatchSampler(Domains, Options with { RowTokens = null })).Message, StringComparison.Ordinal);
        Assert.Contains($"the tokens of 2 rows are given for data of {Count}", Assert.Throws<CdeException>(() => new LengthBatchSampler(Domains, Options with { RowTokens = [1, 2] })).Message, StringComparison.Ordinal);
    }

    private static double Padded(BatchSampler sampler)
    {
        var batches = sampler.Epoch(0).Batches().ToList();
        return batches.Sum(batch => batch.Length * batch.Max(row => Tokens[row])) / (double)Tokens.Sum();
    }

    /// <summary>Which two rows stand together, lower row first.</summary>
    private static HashSet<(long, long)> Pairs(EpochBatches epoch) =>
        [.. epoch.Batches().SelectMany(batch => batch.SelectMany(a => batch.Where(b => a < b).Select(b => (a, b))))];
}
