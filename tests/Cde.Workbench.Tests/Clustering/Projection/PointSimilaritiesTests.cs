using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class PointSimilaritiesTests
{
    [Fact]
    public void Shares_sum_to_one_and_have_the_wanted_perplexity() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from count in Gen.Choose(3, 200)
         from gaps in Gen.ListOf(Gen.Choose(1, 1000), count)
         from scale in Gen.Elements(1e-9, 1.0, 1e9)
         from offset in Gen.Elements(0.0, 1e4)
         from tenths in Gen.Choose(11, 10 * count / 2)
         select (gaps, scale, offset, perplexity: tenths / 10.0)).ToArbitrary(),
        data =>
        {
            var sum = data.offset;
            float[] squares = [.. data.gaps.Select(gap => (float)((sum += gap) * data.scale))];
            var shares = new double[squares.Length];

            PointSimilarities.Conditional(squares, data.perplexity, shares);

            Assert.Equal(1, shares.Sum(), 1e-9);
            Assert.Equal(shares.OrderDescending(), shares);
            Assert.Equal(data.perplexity, Math.Exp(-shares.Sum(share => share > 0 ? share * Math.Log(share) : 0)), 1e-3 * data.perplexity);
        }));

    [Fact]
    public void Equally_far_neighbours_have_equal_shares()
    {
        var shares = new double[4];

        PointSimilarities.Conditional([2, 2, 2, 2], 2, shares);

        Assert.Equal([0.25, 0.25, 0.25, 0.25], shares);
    }

    [Fact]
    public void Joint_similarities_are_symmetric_and_sum_to_one()
    {
        using var points = TestMatrices.Random(60, 5, 2);

        var graph = PointSimilarities.Joint(NearestNeighbours.Find([points], 30), 10, TestContext.Current.CancellationToken);

        Assert.Equal(1, graph.Weights.Sum(weight => (double)weight), 1e-5);
        var weights = Enumerable.Range(0, 60).SelectMany(i => Enumerable.Range(graph.Starts[i], graph.Starts[i + 1] - graph.Starts[i]).Select(edge => ((i, graph.Columns[edge]), graph.Weights[edge])))
            .ToDictionary(entry => entry.Item1, entry => entry.Item2);
        Assert.All(weights, entry => Assert.Equal(entry.Value, weights[(entry.Key.Item2, entry.Key.i)]));
    }
}
