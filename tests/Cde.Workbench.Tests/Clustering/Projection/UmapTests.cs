using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class UmapTests
{
    [Theory]
    [InlineData(UmapStart.Spectral)]
    [InlineData(UmapStart.Pca)]
    public void Groups_of_points_lie_apart_on_the_map(UmapStart start)
    {
        var (points, labels) = Groups.Around(6, 60, 20, 0.8, 2);
        using (points)
        {
            var found = Umap.Fit([points], new UmapOptions { Start = start });

            Assert.True(Layouts.NearestShareLabels(found.Map, labels) > 0.98, "a point lies among those of another group");
            Assert.InRange(MapQuality.Of([points], found.Map).Trustworthiness, 0.9, 1);
        }
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void The_golden_vectors_are_mapped_more_faithfully_than_by_a_random_projection()
    {
        using var golden = new GoldenTensors("case21_projection");
        using var vectors = GoldenTensors.Matrix(golden.Inputs, "vectors");
        var bar = golden.Json("expected.json")["trustworthiness"]!.AsArray()
            .Single(entry => (string)entry!["low"]! == "random_projection" && (int)entry["n_neighbors"]! == 5 && (string)entry["metric"]! == "euclidean")!["value"]!.GetValue<double>();

        var map = Umap.Fit([vectors], new UmapOptions { Metric = ClusterMetric.Euclidean }).Map;

        Assert.InRange(MapQuality.Of([vectors], map, 5, ClusterMetric.Euclidean).Trustworthiness, bar + 0.15, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_number_of_threads()
    {
        var (points, _) = Groups.Around(10, 450, 12, 1, 3); // enough for blocks of points to move at the same time
        using (points)
        {
            var options = new UmapOptions { Epochs = 20, Seed = 5 };
            var expected = Umap.Fit([points], options).Map;
            foreach (var threads in (int[])[1, 4])
            {
                var again = Layouts.WithThreads(threads, () => Umap.Fit([points], options).Map);
                Assert.Equal(expected.X, again.X);
                Assert.Equal(expected.Y, again.Y);
            }

            Assert.NotEqual(expected.X, Umap.Fit([points], options with { Seed = 6 }).Map.X);
        }
    }

    [Fact]
    public void A_graph_in_pieces_starts_from_principal_components()
    {
        var (points, labels) = Groups.Around(4, 30, 16, 0.05, 2);
        using (points)
        {
            var found = Umap.Fit([points], new UmapOptions { Neighbours = 10 });

            Assert.Equal(UmapStart.Pca, found.Start);
            Assert.Equal(1, Layouts.NearestShareLabels(found.Map, labels));
        }
    }

    [Fact]
    public void More_pieces_than_two_components_can_part_lie_apart_all_the_same()
    {
        var (points, labels) = Groups.Around(12, 20, 16, 0.01, 7);
        using (points)
        {
            var map = Umap.Fit([points], new UmapOptions { Neighbours = 10 }).Map;

            Assert.All(map.X.Concat(map.Y), value => Assert.True(float.IsFinite(value)));
            Assert.True(Layouts.NearestShareLabels(map, labels) > 0.98, "a point lies among those of another piece");
        }
    }

    [Fact]
    public void The_fewest_points_are_mapped()
    {
        using var points = TestMatrices.Random(3, 4, 1);

        var map = Umap.Fit([points], new UmapOptions { Neighbours = 3 }).Map;

        Assert.All(map.X.Concat(map.Y), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Equal_points_among_others_lie_together()
    {
        var (points, _) = Groups.Around(3, 40, 8, 0.6, 2);
        using (points)
        {
            using var twins = TestMatrices.Of(8, [.. Enumerable.Range(0, 40).Select(i => ($"t{i}", points[0].ToArray()))]);

            var map = Umap.Fit([points, twins]).Map;

            Assert.All(map.X.Concat(map.Y), value => Assert.True(float.IsFinite(value)));
            var width = map.X.Max() - map.X.Min();
            Assert.All(Enumerable.Range(120, 40), twin => Assert.InRange(Math.Abs(map.X[twin] - map.X[0]), 0, width / 2));
        }
    }

    [Fact]
    public void More_neighbours_than_points_are_refused()
    {
        using var points = TestMatrices.Random(10, 4, 1);

        var error = Assert.Throws<CdeException>(() => Umap.Fit([points]));

        Assert.Equal("UMAP: neighbourhoods of 15 points, there are 10 in all; ask for 10 neighbours at most", error.Message);
    }

    [Fact]
    public void A_minimum_distance_above_the_spread_is_refused()
    {
        using var points = TestMatrices.Random(30, 4, 1);

        var error = Assert.Throws<CdeException>(() => Umap.Fit([points], new UmapOptions { MinDistance = 2 }));

        Assert.Equal("UMAP: a minimum distance of 2 is above the spread, 1; ask for 1 at most", error.Message);
    }

    [Fact]
    public void A_cancelled_map_stops()
    {
        using var points = TestMatrices.Random(100, 4, 1);

        Assert.ThrowsAny<OperationCanceledException>(() => Umap.Fit([points], cancellationToken: new CancellationToken(true)));
    }
}
