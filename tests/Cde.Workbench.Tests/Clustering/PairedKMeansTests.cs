using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering;

public sealed class PairedKMeansTests
{
    [Fact]
    public void Fit_of_pairs_about_a_topic_each_finds_the_topics()
    {
        var (points, topics) = Groups.Around(5, 40, 8, 0.3, 2);
        using var owned = points;
        using var queries = TestMatrices.Of(8, [.. Enumerable.Range(0, 100).Select(i => ($"q{i}", points[i].ToArray()))]);
        using var documents = TestMatrices.Of(8, [.. Enumerable.Range(100, 100).Select(i => ($"d{i}", points[i].ToArray()))]); // 100 is a multiple of 5

        var found = PairedKMeans.Fit(queries, documents, new PairedKMeansOptions { ClusterSize = 20, KMeans = new KMeansOptions { Restarts = 10 } });

        Assert.Equal(5, found.Assignment.Clusters);
        Assert.Equal(100, found.Assignment.Count);
        Assert.Equal(2 * 8, found.Dimension);
        Assert.Equal(5, topics.Take(100).Zip(found.Assignment.Labels).Distinct().Count());
    }

    [Fact]
    public void Fit_of_wide_vectors_reduces_them_first()
    {
        using var queries = TestMatrices.Random(100, 40, 1);
        using var documents = TestMatrices.Random(100, 40, 2);

        var found = PairedKMeans.Fit(queries, documents, new PairedKMeansOptions { ClusterSize = 30, Components = 8 });

        Assert.Equal(16, found.Dimension);
        Assert.Equal(4, found.Assignment.Clusters); // ceil(100 / 30)
        Assert.Equal(100, found.Assignment.Sizes.Sum());
    }

    [Fact]
    public void Fit_of_one_pair_is_one_cluster()
    {
        using var queries = TestMatrices.Random(1, 4, 1);
        using var documents = TestMatrices.Random(1, 4, 2);

        Assert.Equal([0], PairedKMeans.Fit(queries, documents).Assignment.Labels);
    }

    [Fact]
    public void Fit_of_unequal_counts_is_refused()
    {
        using var queries = TestMatrices.Random(3, 4, 1);
        using var documents = TestMatrices.Random(2, 4, 2);

        var error = Assert.Throws<CdeException>(() => PairedKMeans.Fit(queries, documents));

        Assert.Contains("3 queries of width 4, 2 documents of width 4", error.Message, StringComparison.Ordinal);
    }
}
