using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class MapQualityTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Trustworthiness_equals_scikit_learn()
    {
        using var golden = new GoldenTensors("case21_projection");
        using var vectors = GoldenTensors.Matrix(golden.Inputs, "vectors");
        var transformed = GoldenTensors.Doubles(golden.Expected, "pca.transformed").Chunk(6);
        var entries = golden.Json("expected.json")["trustworthiness"]!.AsArray();
        Assert.NotEmpty(entries);
        foreach (var entry in entries)
        {
            var name = (string)entry!["low"]!;
            double[][] low = name == "pca2" ? [.. transformed.Select(row => row[..2])] : [.. GoldenTensors.Doubles(golden.Inputs, $"low.{name}").Chunk(2)];
            var metric = (string)entry["metric"]! == "cosine" ? ClusterMetric.Cosine : ClusterMetric.Euclidean;

            var found = MapQuality.Of(
                MapVectors.Of([vectors], metric), [.. low.Select(row => row[0])], [.. low.Select(row => row[1])], (int)entry["n_neighbors"]!, 1000, 1, null,
                TestContext.Current.CancellationToken);

            Assert.Equal((double)entry["value"]!, found.Trustworthiness, 1e-9); // the case's tolerance
            Assert.Equal((60, 60, 0.0), (found.Points, found.Sampled, found.TrustworthinessError));
        }
    }

    [Fact]
    public void A_map_that_is_the_space_itself_is_perfect()
    {
        using var points = TestMatrices.Random(200, 2, 3);

        var found = MapQuality.Of([points], Columns(points), metric: ClusterMetric.Euclidean);

        Assert.Equal((1.0, 1.0, 1.0), (found.Trustworthiness, found.Continuity, found.Overlap));
    }

    [Fact]
    public void Continuity_is_trustworthiness_with_the_spaces_exchanged()
    {
        using var points = TestMatrices.Random(120, 2, 3);
        using var others = TestMatrices.Random(120, 2, 4);

        var there = MapQuality.Of([points], Columns(others), 10, ClusterMetric.Euclidean);
        var back = MapQuality.Of([others], Columns(points), 10, ClusterMetric.Euclidean);

        Assert.Equal(there.Continuity, back.Trustworthiness, 1e-12);
        Assert.Equal(there.Trustworthiness, back.Continuity, 1e-12);
        Assert.Equal(there.Overlap, back.Overlap, 1e-12);
        Assert.InRange(there.Trustworthiness, 0.4, 0.6); // one has nothing to do with the other
        Assert.InRange(there.Overlap, 0, 0.2);
    }

    [Fact]
    public void A_sample_gives_nearly_what_all_points_give_and_says_how_nearly()
    {
        using var points = TestMatrices.Random(1500, 4, 3);
        var map = Columns(points);

        var all = MapQuality.Of([points], map, 10, ClusterMetric.Euclidean);
        var some = MapQuality.Of([points], map, 10, ClusterMetric.Euclidean, sample: 300);

        Assert.Equal((1500, 300), (all.Sampled, some.Sampled));
        Assert.InRange(some.TrustworthinessError, 1e-6, 0.05);
        Assert.InRange(Math.Abs(some.Trustworthiness - all.Trustworthiness), 0, 4 * some.TrustworthinessError);
        Assert.InRange(Math.Abs(some.Continuity - all.Continuity), 0, 4 * some.ContinuityError);
        Assert.InRange(Math.Abs(some.Overlap - all.Overlap), 0, 4 * some.OverlapError);
    }

    [Fact]
    public void Neighbours_of_half_the_points_are_refused()
    {
        using var points = TestMatrices.Random(20, 2, 3);

        var error = Assert.Throws<CdeException>(() => MapQuality.Of([points], Columns(points), 10));

        Assert.Equal("the quality of a map of 20 points by 10 neighbours: they have to be fewer than half the points; ask for 9 at most", error.Message);
    }

    [Fact]
    public void A_map_of_other_points_is_refused()
    {
        using var points = TestMatrices.Random(20, 2, 3);
        using var others = TestMatrices.Random(21, 2, 3);

        Assert.StartsWith("20 vectors, but 21 points on the map", Assert.Throws<CdeException>(() => MapQuality.Of([points], Columns(others))).Message, StringComparison.Ordinal);
    }

    private static MapPoints Columns(Cde.Workbench.Embedding.EmbeddingMatrix points) =>
        new([.. Enumerable.Range(0, points.Count).Select(i => points[i][0])], [.. Enumerable.Range(0, points.Count).Select(i => points[i][1])]);
}
