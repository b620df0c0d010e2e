using Cde.Workbench.Clustering;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Batches;

public sealed class TrainingBatchesTests
{
    private static readonly string[] Things = [.. TrainingData.Two.SelectMany(domain => domain.Queries).Select(query => query[(query.LastIndexOf(' ') + 1)..]).Distinct()];

    [Fact]
    public void At_anyStep_doesNotDependOnTheStepsBefore()
    {
        var straight = new TrainingBatches(TrainingData.Two, TrainingData.Options);
        var before = Enumerable.Range(0, 20).Select(step => straight.At(step)).ToArray();
        var fresh = new TrainingBatches(TrainingData.Two, TrainingData.Options);

        var late = fresh.At(17);

        Assert.Equal(before[17].Domain, late.Domain);
        Assert.Equal(before[17].Queries, late.Queries);
        Assert.Equal(before[17].Documents, late.Documents);
        Assert.Equal(before[17].Context, late.Context);
    }

    [Fact]
    public void At_overAnEpoch_usesEachQueryAtMostOnceAndNearlyAll()
    {
        var batches = new TrainingBatches(TrainingData.Two, TrainingData.Options);

        var used = Enumerable.Range(0, (int)batches.BatchesPerEpoch).Select(step => batches.At(step)).SelectMany(batch => batch.Queries.Select(query => (batch.Domain, query))).ToArray();

        Assert.Equal(used.Length, used.Distinct().Count());
        Assert.Equal(TrainingData.Two.Sum(domain => domain.Queries.Count), used.Length); // 30 queries a domain: 8 + 8 + 8 + 6
    }

    [Fact]
    public void At_anotherSeed_givesAnotherOrder()
    {
        var one = new TrainingBatches(TrainingData.Two, TrainingData.Options).At(0);
        var other = new TrainingBatches(TrainingData.Two, TrainingData.Options with { Seed = 8 }).At(0);

        Assert.NotEqual(one.Queries, other.Queries);
    }

    [Fact]
    public void At_contextOfASmallDomain_takesEveryDocumentBeforeRepeating()
    {
        var options = TrainingData.Options with { Context = new() { Size = 70, NullShare = 0 } };

        var context = new TrainingBatches(TrainingData.Two, options).At(0).Context;

        Assert.Equal(70, context.Length);
        Assert.All(context.GroupBy(document => document), group => Assert.InRange(group.Count(), 2, 3)); // 30 documents: twice each and ten thrice
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 40)]
    public void At_shareOfNullContexts_isHonoured(double share, int expected)
    {
        var batches = new TrainingBatches(TrainingData.Two, TrainingData.Options with { Context = new() { NullShare = share } });

        Assert.Equal(expected, Enumerable.Range(0, 40).Count(step => batches.At(step).IsNullContext));
    }

    [Fact]
    public void TrainingBatches_withTooFewQueries_isRefusedByName()
    {
        var error = Assert.Throws<CdeException>(() => new TrainingBatches(TrainingData.Two, TrainingData.Options with { Batch = new() { Size = 1000 } }));

        Assert.Contains("do not fill a batch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_withATokenBudget_fillsBatchesUpToIt_andUsesEveryQueryOnce()
    {
        var options = TrainingData.Options with { Batch = new() { Size = 20, TokenBudget = 50 } };
        var batches = new TrainingBatches(TrainingData.Two, options, null, (_, query) => 5 + query % 7);

        var plan = Enumerable.Range(0, (int)batches.BatchesPerEpoch).Select(number => batches.At(number)).ToArray();

        Assert.All(plan, batch => Assert.InRange(batch.Queries.Sum(query => 5 + query % 7), 1, 50));
        var used = plan.SelectMany(batch => batch.Queries.Select(query => (batch.Domain, query))).ToArray();
        Assert.Equal(used.Length, used.Distinct().Count());
        Assert.True(used.Length >= 56, "all but a rest of one query a domain");
        var later = new TrainingBatches(TrainingData.Two, options, null, (_, query) => 5 + query % 7).At(40);
        Assert.Equal(batches.At(40).Queries, later.Queries); // past the first pass, whose length does not tell where later ones begin
    }

    [Theory]
    [InlineData(ContextStrategy.Batch)]
    [InlineData(ContextStrategy.Mixed)]
    [InlineData(ContextStrategy.Pooled)]
    [InlineData(ContextStrategy.Null)]
    public void At_contextOfEachStrategy_comesFromWhereItSays(ContextStrategy strategy)
    {
        var options = TrainingData.Options with { Context = new() { Size = 4, Strategy = strategy, NullShare = 0.1 } };
        var batches = Enumerable.Range(0, 30).Select(number => new TrainingBatches(TrainingData.Two, options).At(number)).Where(batch => strategy == ContextStrategy.Null || !batch.IsNullContext);

        Assert.All(batches, batch =>
        {
            var fromBatch = batch.Context.Count(batch.Documents.Contains);
            var (least, size) = strategy switch
            {
                ContextStrategy.Batch => (4, 4),
                ContextStrategy.Mixed => (2, 4),
                ContextStrategy.Pooled => (0, 16),
                _ => (0, 0),
            };
            Assert.Equal(size, batch.Context.Length);
            Assert.True(fromBatch >= least);
            Assert.Equal(strategy == ContextStrategy.Pooled ? 4 : 1, batch.DocumentsPerPosition);
        });
    }

    [Fact]
    public void At_withHardNegatives_givesEachQueryItsOwn()
    {
        var batch = new TrainingBatches(TrainingData.WithNegatives, TrainingData.Options with { Batch = new() { Size = 8, Negatives = 3 } }).At(3);

        Assert.Equal(24, batch.Negatives.Length);
        for (var i = 0; i < 8; i++)
            Assert.All(batch.Negatives[(3 * i)..(3 * i + 3)], negative => Assert.Contains(negative, TrainingData.WithNegatives[batch.Domain].Negatives![batch.Queries[i]]));
    }

    [Fact]
    public void At_withoutTheHardNegativesAskedFor_isRefusedByName()
    {
        var error = Assert.Throws<CdeException>(() => new TrainingBatches(TrainingData.Two, TrainingData.Options with { Batch = new() { Size = 8, Negatives = 1 } }).At(0));

        Assert.Contains("batch.negatives is 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_withTheRandomSampler_mixesDomains_andDrawsContextsFromAllOfThem()
    {
        var options = TrainingData.Options with { Batch = new() { Size = 12, Sampler = BatchSamplerKind.Random }, Context = new() { Size = 20, NullShare = 0 } };
        var joined = TrainingDomains.For(TrainingData.Two, options.Batch.Sampler);

        var batch = new TrainingBatches(joined, options).At(0);

        var data = Assert.Single(joined);
        var first = TrainingData.Two[0].Queries.ToHashSet();
        Assert.Contains(batch.Queries, query => first.Contains(data.Queries[query]));
        Assert.Contains(batch.Queries, query => !first.Contains(data.Queries[query]));
        Assert.All(batch.Queries.Zip(batch.Documents), pair => Assert.Contains(pair.Second, data.Positives[pair.First]));
        Assert.Contains(batch.Context, document => TrainingData.Two[0].Documents.Contains(data.Documents[document]));
        Assert.Contains(batch.Context, document => TrainingData.Two[1].Documents.Contains(data.Documents[document]));
    }

    [Theory]
    [InlineData(BatchSamplerKind.Cluster)]
    [InlineData(BatchSamplerKind.ClusterWithinDomain)]
    public void At_withClusters_takesABatchFromOne(BatchSamplerKind sampler)
    {
        var options = TrainingData.Options with { Batch = new() { Size = 6, Sampler = sampler } };
        var domains = TrainingDomains.For(TrainingData.Two, sampler);
        var rows = new TrainingRows(domains);
        int[] labels = [.. rows.All.Select(row => Thing(domains[row.Domain].Queries[row.Query]))];
        var batches = new TrainingBatches(domains, options, new RandomPacker(new ClusterAssignment(labels, 10)));

        // Every thing has six queries, so that each batch is a thing.
        for (var number = 0; number < batches.BatchesPerEpoch; number++)
        {
            var batch = batches.At(number);
            Assert.Single(batch.Queries.Select(query => Thing(domains[batch.Domain].Queries[query])).Distinct());
        }

        int Thing(string query) => Array.FindIndex(Things, thing => query.EndsWith(thing, StringComparison.Ordinal));
    }

    [Fact]
    public void At_withTheLengthSampler_takesPairsOfNeighbouringCost()
    {
        var options = TrainingData.Options with { Batch = new() { Size = 6, Sampler = BatchSamplerKind.Length } };
        var batches = new TrainingBatches(TrainingData.Two, options, cost: (_, query) => 7 * query % 30);

        // Thirty queries a domain with the costs 0 to 29: each batch has six that follow one another.
        for (var number = 0; number < batches.BatchesPerEpoch; number++)
        {
            int[] costs = [.. batches.At(number).Queries.Select(query => 7 * query % 30).Order()];
            Assert.Equal(Enumerable.Range(costs[0], 6), costs);
        }
    }

    [Fact]
    public void At_withPositivesUnfolded_usesEveryPairOnceAnEpoch_andKnowsTheOtherAnswers()
    {
        // Query i is answered by documents i and i + 1.
        var domain = TrainingData.Two[0] with { Positives = [.. Enumerable.Range(0, 30).Select(i => (IReadOnlyList<int>)[i, (i + 1) % 30])] };
        var options = TrainingData.Options with { Data = new() { UnfoldPositives = true }, Batch = new() { Size = 10 } };
        var batches = new TrainingBatches([domain], options);

        var pairs = Enumerable.Range(0, (int)batches.BatchesPerEpoch).Select(number => batches.At(number)).SelectMany(batch => batch.Queries.Zip(batch.Documents)).ToArray();

        Assert.Equal(60, pairs.Length);
        Assert.Equal(Enumerable.Range(0, 30).SelectMany(i => domain.Positives[i].Select(document => (i, document))).Order(), pairs.Order());
        Assert.Equal(30, Enumerable.Range(0, 3).Sum(number => new TrainingBatches([domain], options with { Data = new() }).At(number).Queries.Length)); // folded, an epoch has each query once
        var labels = new DomainLabels(domain, new Dictionary<string, int>(), 1).Of(new TrainingBatch(0, [4, 4], [4, 5], []));
        Assert.Equal([true, true, true, true], labels.Relevant); // a query that stands there twice has no negative in its own answers
    }

    [Fact]
    public void At_withDistinctTexts_putsNoDocumentIntoABatchTwice()
    {
        // Queries 0 and 1, 2 and 3, and so on have one document.
        var domain = TrainingData.Two[0] with { Positives = [.. Enumerable.Range(0, 30).Select(i => (IReadOnlyList<int>)[i / 2])] };
        var options = TrainingData.Options with { Batch = new() { Size = 10, Distinct = true } };
        var batches = new TrainingBatches([domain], options);

        for (var number = 0; number < batches.BatchesPerEpoch; number++)
            Assert.Equal(batches.At(number).Documents.Length, batches.At(number).Documents.Distinct().Count());
        Assert.Contains(
            Enumerable.Range(0, 10).Select(number => new TrainingBatches([domain], options with { Batch = new() { Size = 10 } }).At(number)),
            batch => batch.Documents.Distinct().Count() < batch.Documents.Length);
    }
}
