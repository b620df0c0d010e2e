using Cde.Workbench.Clustering;
using Cde.Workbench.Training.BatchSamplers;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

/// <summary>What holds for every sampler (specification A-13, 4).</summary>
public sealed class BatchSamplerTests
{
    public static TheoryData<string> Names => [.. BatchSamplerCatalog.Names];

    private static Arbitrary<Problem> Problems =>
        (from rows in Gen.Choose(1, 300)
         from domains in Gen.Choose(1, 5)
         from clusters in Gen.Choose(1, 20)
         from batch in Gen.Choose(1, rows)
         from smallest in Gen.Choose(0, batch)
         from mixes in Gen.Elements(true, false)
         from seed in Gen.Choose(0, 1_000_000)
         select new Problem(rows, domains, clusters, new BatchSamplerOptions { BatchSize = batch, SmallestBatch = smallest, MixesDomains = mixes, Seed = seed })).ToArbitrary();

    [Theory]
    [MemberData(nameof(Names))]
    public void Epoch_has_each_row_at_most_once_in_batches_of_the_size_asked_for(string name) => Prop.ForAll(Problems, problem =>
    {
        if (problem.Plan(name) is not { } plan)
            return;

        var batches = plan.Batches().ToList();

        Assert.Equal(plan.Count, batches.Count);
        var rows = batches.SelectMany(batch => batch).ToList();
        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.All(rows, row => Assert.InRange(row, 0, problem.Rows - 1));
        Assert.All(batches, batch => Assert.InRange(batch.Length, Math.Max(1, problem.Options.Smallest), problem.Options.BatchSize));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void Epoch_leaves_out_less_than_the_smallest_batch_of_each_part(string name) => Prop.ForAll(Problems, problem =>
    {
        if (problem.Plan(name) is not { } plan)
            return;
        var isOnePart = problem.Options.MixesDomains || name is "random" or "cluster";
        var parts = isOnePart ? [problem.Rows] : problem.Domains.Sizes;
        var smallest = Math.Max(1, problem.Options.Smallest);

        var expected = parts.Sum(part => part - (part % problem.Options.BatchSize < smallest ? part % problem.Options.BatchSize : 0));

        Assert.Equal(expected, plan.Batches().Sum(batch => batch.Length));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void Epoch_repeats_and_the_next_differs(string name)
    {
        var problem = new Problem(400, 3, 12, new BatchSamplerOptions { BatchSize = 32 });

        string Text(long epoch, long seed) => string.Join('|', (problem with { Options = problem.Options with { Seed = seed } }).Sampler(name).Epoch(epoch).Batches().Select(batch => string.Join(' ', batch)));

        Assert.Equal(Text(3, 1), Text(3, 1));
        Assert.NotEqual(Text(3, 1), Text(4, 1));
        Assert.NotEqual(Text(3, 1), Text(3, 2));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Epoch_of_too_few_rows_is_refused(string name)
    {
        var problem = new Problem(5, 1, 2, new BatchSamplerOptions { BatchSize = 8 });

        var error = Assert.Throws<CdeException>(() => problem.Sampler(name).Epoch(0));

        Assert.Equal("batches: 5 rows in 1 part do not fill a batch of 8; choose a smaller one, or allow smaller batches at the end", error.Message);
    }

    [Fact]
    public void Create_of_an_unknown_name_offers_the_nearest()
    {
        var error = Assert.Throws<CdeException>(() => new Problem(5, 1, 2, new()).Sampler("clusters"));

        Assert.Contains("no sampler clusters", error.Message, StringComparison.Ordinal);
        Assert.Contains("cluster", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_without_clusters_is_refused_where_they_are_needed() =>
        Assert.Contains("needs clusters", Assert.Throws<CdeException>(() => BatchSamplerCatalog.Create("cluster", new ClusterAssignment([0], 1), null, new())).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.StartsWith("batches: ", Assert.Throws<CdeException>(() => new RandomBatchSampler(5, new BatchSamplerOptions { BatchSize = 0 })).Message, StringComparison.Ordinal);

    internal sealed record Problem(int Rows, int DomainCount, int ClusterCount, BatchSamplerOptions Options)
    {
        public ClusterAssignment Domains => new([.. Enumerable.Range(0, Rows).Select(row => (int)(SeededRandom.Mix((ulong)row) % (ulong)DomainCount))], DomainCount);

        /// <summary>Labels from -1, no cluster, on.</summary>
        public ClusterAssignment Clusters =>
            new([.. Enumerable.Range(0, Rows).Select(row => (int)(SeededRandom.Mix((ulong)row + 1000) % (ulong)(ClusterCount + 1)) - 1)], ClusterCount);

        public BatchSampler Sampler(string name) => BatchSamplerCatalog.Create(name, Domains, new RandomPacker(Clusters), Options with { RowTokens = Tokens });

        private int[] Tokens => [.. Enumerable.Range(0, Rows).Select(row => (int)(SeededRandom.Mix((ulong)row + 2000) % 50))];

        /// <summary>The first epoch; null where the data do not fill a batch.</summary>
        public EpochBatches? Plan(string name)
        {
            try
            {
                return Sampler(name).Epoch(0);
            }
            catch (CdeException refusal) when (refusal.Message.Contains("do not fill", StringComparison.Ordinal))
            {
                return null;
            }
        }
    }
}
