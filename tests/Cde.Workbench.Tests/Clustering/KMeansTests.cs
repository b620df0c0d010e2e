using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering;

public sealed class KMeansTests
{
    private static readonly ClusterMetric[] Metrics = [ClusterMetric.Cosine, ClusterMetric.Euclidean];

    private static Arbitrary<(int Points, int Clusters, int Dimension, int Seed)> Problems =>
        (from points in Gen.Choose(1, 60)
         from clusters in Gen.Choose(1, points)
         from dimension in Gen.Choose(1, 20)
         from seed in Gen.Choose(0, 1_000_000)
         select (points, clusters, dimension, seed)).ToArbitrary();

    [Fact]
    public void Fit_gives_every_point_its_nearest_centroid() => ForAll((metric, problem) =>
    {
        using var points = TestMatrices.Random(problem.Points, problem.Dimension, problem.Seed);

        var found = KMeans.Fit(points, Options(problem, metric));

        for (var row = 0; row < points.Count; row++)
        {
            var vector = Row(points, row, metric);
            var scores = Enumerable.Range(0, problem.Clusters).Select(k => Score(vector, found.Centroid(k), metric)).ToList();
            Assert.Equal(scores.Max(), scores[found.Assignment.Labels[row]], 1e-12);
        }
    });

    [Fact]
    public void Fit_never_loses_objective_while_clusters_keep_their_centroids() => ForAll((metric, problem) =>
    {
        using var points = TestMatrices.Random(problem.Points, problem.Dimension, problem.Seed);

        var found = KMeans.Fit(points, Options(problem, metric) with { EmptyClusters = EmptyClusters.Keep, Tolerance = 0 });

        var sign = metric == ClusterMetric.Cosine ? 1 : -1;
        Assert.All(found.History.Zip(found.History.Skip(1)), pair => Assert.True(sign * (pair.Second - pair.First) >= -1e-7, $"{pair.First} then {pair.Second}"));
    });

    [Fact]
    public void Fit_objective_is_the_mean_over_the_points() => ForAll((metric, problem) =>
    {
        using var points = TestMatrices.Random(problem.Points, problem.Dimension, problem.Seed);

        var found = KMeans.Fit(points, Options(problem, metric));

        var mean = Enumerable.Range(0, points.Count).Average(row =>
        {
            var (vector, centroid) = (Row(points, row, metric), found.Centroid(found.Assignment.Labels[row]).ToArray());
            return metric == ClusterMetric.Cosine ? Dot(vector, centroid) : vector.Zip(centroid, (a, b) => Math.Pow((double)a - b, 2)).Sum();
        });
        Assert.Equal(mean, found.Objective, 1e-9 * Math.Max(1, mean));
    });

    [Theory]
    [InlineData(ClusterMetric.Cosine, 300, 7, 5)]
    [InlineData(ClusterMetric.Euclidean, 300, 7, 5)]
    [InlineData(ClusterMetric.Cosine, 2500, 33, 40)]
    public void Fit_again_gives_the_same_bits_in_memory_and_streamed(ClusterMetric metric, int count, int dimension, int clusters)
    {
        using var points = TestMatrices.Random(count, dimension, 3);
        var options = new KMeansOptions { Clusters = clusters, Metric = metric, Iterations = 12 };

        var one = KMeans.Fit(points, options);
        var other = KMeans.Fit(points, options with { MemoryBytes = 0 });

        Assert.Equal(one.Assignment.Labels, other.Assignment.Labels);
        Assert.Equal(one.Centroids, other.Centroids);
        Assert.Equal(one.History, other.History);
    }

    [Fact]
    public void Fit_with_another_seed_starts_elsewhere()
    {
        using var points = TestMatrices.Random(300, 8, 3);

        var labels = Enumerable.Range(0, 4).Select(seed => KMeans.Fit(points, new KMeansOptions { Clusters = 20, Restarts = 1, Iterations = 1, Seed = seed }).Assignment.Labels);

        Assert.Equal(4, labels.Select(list => string.Join(' ', list)).Distinct().Count());
    }

    [Fact]
    public void Fit_of_more_restarts_is_never_worse()
    {
        using var points = TestMatrices.Random(200, 6, 9);

        var objectives = Enumerable.Range(1, 5).Select(restarts => KMeans.Fit(points, new KMeansOptions { Clusters = 12, Restarts = restarts }).Objective).ToList();

        Assert.All(objectives.Zip(objectives.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
        Assert.True(objectives[^1] > objectives[0]);
    }

    [Fact]
    public void Fit_of_well_separated_groups_finds_them()
    {
        var (points, groups) = Groups.Around(6, 40, 12, 0.1, 5);
        using var _ = points;

        var found = KMeans.Fit(points, new KMeansOptions { Clusters = 6, Restarts = 10 });

        Assert.Equal(6, groups.Zip(found.Assignment.Labels).Distinct().Count());
    }

    [Fact]
    public void Fit_refills_empty_clusters()
    {
        var (points, _) = Groups.Around(3, 50, 8, 0.3, 5);
        using var owned = points;
        var away = Enumerable.Range(0, 8).Select(j => -Enumerable.Range(0, points.Count).Sum(i => points[i][j])).ToArray(); // further from every point than the others
        float[] start = [.. points[0], .. points[1], .. points[2], .. away, .. away];

        var kept = KMeans.Fit(points, start, new KMeansOptions { Clusters = 5, EmptyClusters = EmptyClusters.Keep });
        var split = KMeans.Fit(points, start, new KMeansOptions { Clusters = 5 });

        Assert.Equal(2, kept.Assignment.EmptyCount);
        Assert.Equal(0, split.Assignment.EmptyCount);
    }

    [Fact]
    public void Fit_of_equal_vectors_ends_with_one_cluster_of_all()
    {
        using var points = TestMatrices.Of(3, [.. Enumerable.Range(0, 50).Select(i => ($"d{i}", new float[] { 1, 2, 3 }))]);

        var found = KMeans.Fit(points, new KMeansOptions { Clusters = 4 });

        Assert.True(found.IsConverged);
        Assert.Equal([50], found.Assignment.Sizes.Where(size => size > 0));
    }

    [Theory]
    [InlineData(KMeansStart.PlusPlus)]
    [InlineData(KMeansStart.Random)]
    public void Fit_of_as_many_clusters_as_different_points_gives_each_its_own(KMeansStart start)
    {
        using var points = TestMatrices.Random(30, 5, 1);

        var found = KMeans.Fit(points, new KMeansOptions { Clusters = 30, Start = start });

        Assert.Equal(30, found.Assignment.Labels.Distinct().Count());
        Assert.Equal(1, found.Objective, 1e-6);
    }

    [Fact]
    public void Fit_on_some_points_assigns_all()
    {
        var (points, groups) = Groups.Around(4, 100, 8, 0.1, 5);
        using var _ = points;

        var found = KMeans.Fit(points, new KMeansOptions { Clusters = 4, PointsPerCluster = 20, Restarts = 5 });

        Assert.Equal(400, found.Assignment.Count);
        Assert.Equal(4, groups.Zip(found.Assignment.Labels).Distinct().Count());
    }

    [Fact]
    public void Fit_of_more_clusters_than_points_is_refused()
    {
        using var points = TestMatrices.Random(5, 3, 1);

        var error = Assert.Throws<CdeException>(() => KMeans.Fit(points, new KMeansOptions { Clusters = 6 }));

        Assert.Equal("k-means: 6 clusters of 5 points; ask for 5 clusters at most", error.Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e20f)]
    public void Fit_of_rows_that_are_no_numbers_counts_and_names_them(float wrong)
    {
        using var points = TestMatrices.Of(2, ("a", [1, 2]), ("b", [wrong, 2]), ("c", [3, 4]), ("d", [5, wrong]));

        var error = Assert.Throws<CdeException>(() => KMeans.Fit(points, new KMeansOptions { Clusters = 2, Metric = ClusterMetric.Euclidean }));

        Assert.StartsWith("2 of 4 vectors hold NaN, infinity or numbers beyond 1e18: \"b\", \"d\";", error.Message, StringComparison.Ordinal);
    }

    private static void ForAll(Action<ClusterMetric, (int Points, int Clusters, int Dimension, int Seed)> check)
    {
        foreach (var metric in Metrics)
            Prop.ForAll(Problems, problem => check(metric, problem)).QuickCheckThrowOnFailure();
    }

    private static KMeansOptions Options((int Points, int Clusters, int Dimension, int Seed) problem, ClusterMetric metric) => new()
    {
        Clusters = problem.Clusters,
        Metric = metric,
        Seed = problem.Seed,
        Iterations = 10,
        Restarts = 2,
    };

    private static float[] Row(EmbeddingMatrix points, int row, ClusterMetric metric)
    {
        var vector = points[row].ToArray();
        if (metric == ClusterMetric.Cosine)
            UnitPoints.Normalize(vector);
        return vector;
    }

    private static double Score(float[] row, ReadOnlySpan<float> centroid, ClusterMetric metric) =>
        Dot(row, centroid.ToArray()) - (metric == ClusterMetric.Cosine ? 0 : Dot(centroid.ToArray(), centroid.ToArray()) / 2);

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
