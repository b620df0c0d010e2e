using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training;

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
        var options = TrainingData.Options with { ContextSize = 70, NullContextShare = 0 };

        var context = new DomainBatches(TrainingData.Two, options).At(0).Context;

        Assert.Equal(70, context.Length);
        Assert.All(context.GroupBy(document => document), group => Assert.InRange(group.Count(), 2, 3)); // 30 documents: twice each and ten thrice
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 40)]
    public void At_shareOfNullContexts_isHonoured(double share, int expected)
    {
        var batches = new DomainBatches(TrainingData.Two, TrainingData.Options with { NullContextShare = share });

        Assert.Equal(expected, Enumerable.Range(0, 40).Count(step => batches.At(step).IsNullContext));
    }

    [Fact]
    public void DomainBatches_withTooFewQueries_isRefusedByName()
    {
        var error = Assert.Throws<CdeException>(() => new DomainBatches(TrainingData.Two, TrainingData.Options with { BatchSize = 1000 }));

        Assert.Contains("250 queries", error.Message, StringComparison.Ordinal);
    }
}
