using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class TsneTests
{
    [Theory]
    [InlineData(1000)] // exact
    [InlineData(0)] // by cells
    public void Groups_of_points_lie_apart_on_the_map(int exactPoints)
    {
        var (points, labels) = Groups.Around(6, 60, 20, 0.8, 2);
        using (points)
        {
            var map = Tsne.Fit([points], new TsneOptions { ExactPoints = exactPoints });

            Assert.True(Layouts.NearestShareLabels(map, labels) > 0.98, "a point lies among those of another group");
            Assert.InRange(MapQuality.Of([points], map).Trustworthiness, 0.93, 1);
        }
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void The_golden_vectors_are_mapped_nearly_as_faithfully_as_by_principal_components()
    {
        using var golden = new GoldenTensors("case21_projection");
        using var vectors = GoldenTensors.Matrix(golden.Inputs, "vectors");
        var bar = golden.Json("expected.json")["trustworthiness"]!.AsArray()
            .Single(entry => (string)entry!["low"]! == "pca2" && (int)entry["n_neighbors"]! == 5 && (string)entry["metric"]! == "euclidean")!["value"]!.GetValue<double>();

        var map = Tsne.Fit([vectors], new TsneOptions { Metric = ClusterMetric.Euclidean, Perplexity = 15 });

        Assert.InRange(MapQuality.Of([vectors], map, 5, ClusterMetric.Euclidean).Trustworthiness, bar - 0.02, 1);
    }

    [Fact]
    public void The_same_vectors_give_the_same_bits_whatever_the_number_of_threads()
    {
        var (points, _) = Groups.Around(10, 200, 12, 1, 3);
        using (points)
        {
            var options = new TsneOptions { Iterations = 60, EarlyIterations = 30 };
            var expected = Tsne.Fit([points], options);
            foreach (var threads in (int[])[1, 4])
            {
                var again = Layouts.WithThreads(threads, () => Tsne.Fit([points], options));
                Assert.Equal(expected.X, again.X);
                Assert.Equal(expected.Y, again.Y);
            }
        }
    }

    [Fact]
    public void A_perplexity_above_a_third_of_the_points_is_refused()
    {
        using var points = TestMatrices.Random(50, 4, 1);

        var error = Assert.Throws<CdeException>(() => Tsne.Fit([points]));

        Assert.Equal(
            "t-SNE: perplexity 30 is too large for 50 points, of each of which three times as many neighbours are looked at; ask for 16 at most", error.Message);
    }

    [Fact]
    public void Three_points_are_too_few()
    {
        using var points = TestMatrices.Random(3, 4, 1);

        Assert.Equal("t-SNE needs 4 vectors at least, there are 3; give a larger corpus", Assert.Throws<CdeException>(() => Tsne.Fit([points])).Message);
    }

    [Fact]
    public void The_fewest_points_are_mapped()
    {
        using var points = TestMatrices.Random(4, 1, 1); // of one number each: the second axis starts at 0

        var map = Tsne.Fit([points], new TsneOptions { Perplexity = 1, Metric = ClusterMetric.Euclidean });

        Assert.All(map.X.Concat(map.Y), value => Assert.True(float.IsFinite(value)));
    }
}
