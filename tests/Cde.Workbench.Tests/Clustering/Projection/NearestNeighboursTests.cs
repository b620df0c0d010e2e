using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class NearestNeighboursTests
{
    [Theory]
    [InlineData(ClusterMetric.Euclidean)]
    [InlineData(ClusterMetric.Cosine)]
    public void Neighbours_are_those_of_an_exhaustive_search(ClusterMetric metric) => Check.QuickThrowOnFailure(Prop.ForAll(
        (from count in Gen.Choose(2, 300)
         from dimension in Gen.Choose(1, 40)
         from neighbours in Gen.Choose(1, count - 1)
         from steps in Gen.Elements(1, 3, 1_000_000) // of few different numbers many points are equally near, or equal
         from seed in Gen.Choose(0, int.MaxValue)
         select (count, dimension, neighbours, steps, seed)).ToArbitrary(),
        data =>
        {
            var random = new SeededRandom(data.seed);
            float[] Row() => [.. Enumerable.Range(0, data.dimension).Select(_ => ((float)random.Below((2 * data.steps) + 1) / data.steps) - 1)];
            using var points = TestMatrices.Of(data.dimension, [.. Enumerable.Range(0, data.count).Select(i => ($"d{i}", Row()))]);

            AssertExact(points, data.neighbours, metric);
        }));

    [Theory]
    [InlineData(ClusterMetric.Euclidean)]
    [InlineData(ClusterMetric.Cosine)]
    public void Several_tiles_give_the_neighbours_of_an_exhaustive_search(ClusterMetric metric)
    {
        using var points = TestMatrices.Random(4500, 3, 5); // a tile has 4,096 columns

        AssertExact(points, 20, metric);
    }

    [Fact]
    public void Distances_are_one_minus_the_cosine_or_euclidean()
    {
        using var points = TestMatrices.Of(2, ("a", [1, 0]), ("b", [0, 2]), ("c", [3, 3]));

        var (cosine, euclidean) = (NearestNeighbours.Find([points], 2), NearestNeighbours.Find([points], 2, ClusterMetric.Euclidean));

        Assert.Equal([2, 1], cosine.Of(0).ToArray());
        Assert.Equal(1 - Math.Sqrt(0.5), cosine.Distance(0, 0), 1e-6);
        Assert.Equal(1, cosine.Distance(0, 1), 1e-6);
        Assert.Equal([1, 2], euclidean.Of(0).ToArray());
        Assert.Equal(Math.Sqrt(5), euclidean.Distance(0, 0), 1e-6);
        Assert.Equal(Math.Sqrt(13), euclidean.Distance(0, 1), 1e-6);
    }

    [Fact]
    public void As_many_neighbours_as_points_are_refused()
    {
        using var points = TestMatrices.Random(10, 3, 1);

        Assert.Equal("10 neighbours among 10 points; ask for 9 at most", Assert.Throws<CdeException>(() => NearestNeighbours.Find([points], 10)).Message);
    }

    [Fact]
    public void A_cancelled_search_stops()
    {
        using var points = TestMatrices.Random(1000, 3, 1);

        Assert.ThrowsAny<OperationCanceledException>(() => NearestNeighbours.Find([points], 5, cancellationToken: new CancellationToken(true)));
    }

    private static void AssertExact(EmbeddingMatrix points, int neighbours, ClusterMetric metric)
    {
        var found = NearestNeighbours.Find([points], neighbours, metric);

        var rows = Enumerable.Range(0, points.Count).Select(row => points[row].ToArray()).ToArray();
        if (metric == ClusterMetric.Cosine)
        {
            foreach (var row in rows)
                UnitPoints.Normalize(row);
        }

        for (var i = 0; i < points.Count; i += Math.Max(1, points.Count / 100))
        {
            var squares = rows.Select(row => ExactDistance.Squared(rows[i], row)).ToArray();
            var expected = Enumerable.Range(0, points.Count).Where(j => j != i).OrderBy(j => squares[j]).ThenBy(j => j).Take(neighbours).ToList();
            Assert.Equal(expected, found.Of(i).ToArray());
            Assert.Equal(expected.Select(j => (float)squares[j]), found.Squares(i).ToArray());
        }
    }
}
