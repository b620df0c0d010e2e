using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Density;

public sealed class HdbscanTests
{
    [Fact]
    public void Fit_of_separated_groups_finds_them_and_leaves_strays_out()
    {
        var (points, groups) = Groups.Around(5, 30, 4, 0.05, 11);
        using var _ = points;
        using var all = TestMatrices.Of(4, [.. Enumerable.Range(0, points.Count).Select(i => ($"d{i}", points[i].ToArray())), ("stray", [20, 20, 20, 20])]);

        var found = Hdbscan.Fit(all, new HdbscanOptions { MinClusterSize = 10 });

        Assert.Equal(5, found.Assignment.Clusters);
        Assert.Equal(5, groups.Zip(found.Assignment.Labels).Where(pair => pair.Second >= 0).Distinct().Count());
        Assert.Equal(ClusterAssignment.Noise, found.Assignment.Labels[^1]);
        Assert.True(found.OutlierScores[^1] >= found.OutlierScores.SkipLast(1).Max());
        Assert.All(found.Probabilities, probability => Assert.InRange(probability, 0, 1));
    }

    [Fact]
    public void Fit_by_cosine_does_not_look_at_lengths()
    {
        var (points, _) = Groups.Around(4, 25, 6, 0.1, 3);
        using var owned = points;
        using var longer = TestMatrices.Of(6, [.. Enumerable.Range(0, points.Count).Select(i => ($"d{i}", points[i].ToArray().Select(value => value * (1 + i)).ToArray()))]);
        var options = new HdbscanOptions { MinClusterSize = 8, Metric = ClusterMetric.Cosine };

        Assert.Equal(Hdbscan.Fit(points, options).Assignment.Labels, Hdbscan.Fit(longer, options).Assignment.Labels);
    }

    [Fact]
    public void Fit_of_many_equal_points_has_finite_numbers()
    {
        using var points = TestMatrices.Of(2, [.. Enumerable.Range(0, 40).Select(i => ($"d{i}", new float[] { i / 20, i / 20 }))]);

        var found = Hdbscan.Fit(points, new HdbscanOptions { MinClusterSize = 5 });

        Assert.Equal([20, 20], found.Assignment.Sizes);
        Assert.All(found.Probabilities.Concat(found.OutlierScores).Concat(found.Persistence), value => Assert.InRange(value, 0, 1 + 1e-9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Fit_of_too_few_points_is_refused(int count)
    {
        using var points = TestMatrices.Random(count, 3, 1);

        var error = Assert.Throws<CdeException>(() => Hdbscan.Fit(points));

        Assert.StartsWith($"HDBSCAN: {count} points, and a cluster has at least 5", error.Message, StringComparison.Ordinal);
    }
}
