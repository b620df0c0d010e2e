using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering.Quality;

public sealed class SilhouetteTests
{
    [Theory]
    [InlineData(ClusterMetric.Cosine)]
    [InlineData(ClusterMetric.Euclidean)]
    public void Of_a_sample_has_the_same_values_for_its_points(ClusterMetric metric)
    {
        var (points, labels) = Groups.Around(3, 40, 5, 0.4, 1);
        using var _ = points;
        var assignment = new ClusterAssignment(labels, 3);

        var all = Silhouette.Of(points, assignment, metric);
        var some = Silhouette.Of(points, assignment, metric, sample: 25);

        Assert.Equal(25, some.Rows.Distinct().Count());
        Assert.All(some.Rows.Zip(some.Values), entry => Assert.Equal(all.Values[entry.First], entry.Second));
        Assert.InRange(some.StandardError, 1e-6, 1);
        Assert.Equal(0, all.StandardError);
        Assert.Equal(all.Mean, all.ByCluster.Average(), 1e-12); // groups of equal size
    }

    [Fact]
    public void Of_points_with_noise_leaves_it_out()
    {
        var (points, labels) = Groups.Around(3, 10, 5, 0.2, 1);
        using var _ = points;
        var marked = labels.Select((label, i) => i < 4 ? ClusterAssignment.Noise : label).ToArray();

        var found = Silhouette.Of(points, new ClusterAssignment(marked, 3));

        Assert.Equal(Enumerable.Range(4, 26), found.Rows);
    }

    [Fact]
    public void Of_one_cluster_is_refused()
    {
        var (points, _) = Groups.Around(2, 10, 5, 0.2, 1);
        using var owned = points;

        var error = Assert.Throws<CdeException>(() => Silhouette.Of(points, new ClusterAssignment(new int[20], 5)));

        Assert.Contains("two clusters", error.Message, StringComparison.Ordinal);
    }
}
