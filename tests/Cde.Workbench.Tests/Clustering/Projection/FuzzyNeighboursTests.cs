using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class FuzzyNeighboursTests
{
    [Fact]
    public void Strengths_of_different_distances_sum_to_the_logarithm_of_the_neighbourhood() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from count in Gen.Choose(4, 60)
         from gaps in Gen.ListOf(Gen.Choose(1, 1000), count)
         from scale in Gen.Elements(1e-6, 1.0, 1e6)
         select (gaps, scale)).ToArbitrary(),
        data =>
        {
            var sum = 0.0;
            double[] distances = [.. data.gaps.Select(gap => (sum += gap) * data.scale)];

            var (rho, sigma) = FuzzyNeighbours.Smooth(distances, distances.Average());

            Assert.Equal(distances[0], rho);
            if (sigma > 1.01e-3 * distances.Sum() / (distances.Length + 1)) // above its floor
                Assert.Equal(Math.Log2(distances.Length + 1), distances.Sum(distance => Math.Exp(-Math.Max(0, distance - rho) / sigma)), 1e-4);
        }));

    [Fact]
    public void The_union_is_symmetric_and_every_point_has_a_neighbour_of_strength_one()
    {
        using var points = TestMatrices.Random(80, 5, 2);

        var graph = FuzzyNeighbours.Union(NearestNeighbours.Find([points], 7), TestContext.Current.CancellationToken);

        var weights = new Dictionary<(int, int), float>();
        for (var i = 0; i < 80; i++)
        {
            var row = graph.Columns[graph.Starts[i]..graph.Starts[i + 1]];
            Assert.Equal(row.Distinct().Order(), row);
            Assert.DoesNotContain(i, row);
            Assert.Equal(1, graph.Weights[graph.Starts[i]..graph.Starts[i + 1]].Max(), 1e-6);
            for (var edge = graph.Starts[i]; edge < graph.Starts[i + 1]; edge++)
                weights[(i, graph.Columns[edge])] = graph.Weights[edge];
        }

        Assert.All(weights, entry => Assert.Equal(entry.Value, weights[(entry.Key.Item2, entry.Key.Item1)]));
        Assert.All(weights.Values, weight => Assert.InRange(weight, 0, 1.000001f));
    }
}
