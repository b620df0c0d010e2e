using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Batches;

public sealed class DomainBatchesTests
{
    [Fact]
    public void At_anyStep_doesNotDependOnTheStepsBefore()
    {
        var straight = new DomainBatches(TrainingData.Two, TrainingData.Options);
        var before = Enumerable.Range(0, 20).Select(step => straight.At(step)).ToArray();
        var fresh = new DomainBatches(TrainingData.Two, TrainingData.Options);

        var late = fresh.At(17);

        Assert.Equal(before[17].Domain, late.Domain);
        Assert.Equal(before[17].Queries, late.Queries);
        Assert.Equal(before[17].Documents, late.Documents);
        Assert.Equal(before[17].Context, late.Context);
    }

    [Fact]
    public void At_overAnEpoch_usesEachQueryAtMostOnceAndNearlyAll()
    {
        var batches = new DomainBatches(TrainingData.Two, TrainingData.Options);

        var used = Enumerable.Range(0, batches.BatchesPerEpoch).Select(step => batches.At(step)).SelectMany(batch => batch.Queries.Select(query => (batch.Domain, query))).ToArray();

        Assert.Equal(used.Length, used.Distinct().Count());
        Assert.Equal(TrainingData.Two.Sum(domain => domain.Queries.Count), used.Length); // 30 queries a domain: 8 + 8 + 8 + 6
    }

    [Fact]
    public void At_anotherSeed_givesAnotherOrder()
    {
        var one = new DomainBatches(TrainingData.Two, TrainingData.Options).At(0);
        var other = new DomainBatches(TrainingData.Two, TrainingData.Options with { Seed = 8 }).At(0);

        Assert.NotEqual(one.Queries, other.Queries);
    }

    [Fact]
    public void At_contextOfASmallDomain_takesEveryDocumentBeforeRepeating()
    {
        var options = TrainingData.Options with { Context = new() { Size = 70, NullShare = 0 } };

        var context = new DomainBatches(TrainingData.Two, options).At(0).Context;

        Assert.Equal(70, context.Length);
        Assert.All(context.GroupBy(document => document), group => Assert.InRange(group.Count(), 2, 3)); // 30 documents: twice each and ten thrice
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 40)]
    public void At_shareOfNullContexts_isHonoured(double share, int expected)
    {
        var batches = new DomainBatches(TrainingData.Two, TrainingData.Options with { Context = new() { NullShare = share } });

        Assert.Equal(expected, Enumerable.Range(0, 40).Count(step => batches.At(step).IsNullContext));
    }

    [Fact]
    public void DomainBatches_withTooFewQueries_isRefusedByName()
    {
        var error = Assert.Throws<CdeException>(() => new DomainBatches(TrainingData.Two, TrainingData.Options with { Batch = new() { Size = 1000 } }));

        Assert.Contains("250 queries", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_withATokenBudget_fillsBatchesUpToIt_andUsesEveryQueryOnce()
    {
        var options = TrainingData.Options with { Batch = new() { Size = 20, TokenBudget = 50 } };
        var batches = new DomainBatches(TrainingData.Two, options, (_, query) => 5 + query % 7);

        var plan = Enumerable.Range(0, batches.BatchesPerEpoch).Select(number => batches.At(number)).ToArray();

        Assert.All(plan, batch => Assert.InRange(batch.Queries.Sum(query => 5 + query % 7), 1, 50));
        var used = plan.SelectMany(batch => batch.Queries.Select(query => (batch.Domain, query))).ToArray();
        Assert.Equal(used.Length, used.Distinct().Count());
        Assert.True(used.Length >= 56, "all but a rest of one query a domain");
        var later = new DomainBatches(TrainingData.Two, options, (_, query) => 5 + query % 7).At(40);
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
        var batches = Enumerable.Range(0, 30).Select(number => new DomainBatches(TrainingData.Two, options).At(number)).Where(batch => strategy == ContextStrategy.Null || !batch.IsNullContext);

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
        var batch = new DomainBatches(TrainingData.WithNegatives, TrainingData.Options with { Batch = new() { Size = 8, Negatives = 3 } }).At(3);

        Assert.Equal(24, batch.Negatives.Length);
        for (var i = 0; i < 8; i++)
            Assert.All(batch.Negatives[(3 * i)..(3 * i + 3)], negative => Assert.Contains(negative, TrainingData.WithNegatives[batch.Domain].Negatives![batch.Queries[i]]));
    }

    [Fact]
    public void At_withoutTheHardNegativesAskedFor_isRefusedByName()
    {
        var error = Assert.Throws<CdeException>(() => new DomainBatches(TrainingData.Two, TrainingData.Options with { Batch = new() { Size = 8, Negatives = 1 } }).At(0));

        Assert.Contains("batch.negatives is 1", error.Message, StringComparison.Ordinal);
    }
}
