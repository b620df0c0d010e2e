using Cde.Workbench.Clustering;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Packing;

public sealed class PackerTests
{
    private static readonly int[] All = [.. Enumerable.Range(0, 8)];

    [Fact]
    public void Tour_on_a_line_always_goes_to_the_nearest_that_is_left()
    {
        // Centres 0, 1, 3, 6, 10, 15, 21, 28; two points each, on both sides of the centre.
        var centres = All.Select(i => i * (i + 1) / 2f).ToArray();
        using var points = TestMatrices.Of(1, [.. centres.SelectMany((centre, i) => new[] { ($"a{i}", new[] { centre - 0.1f }), ($"b{i}", new[] { centre + 0.1f }) })]);
        var packer = TourPacker.Of(new ClusterAssignment([.. All.SelectMany(i => new[] { i, i })], 8), points);

        var tours = Enumerable.Range(0, 50).Select(seed => packer.Order(All, [seed])).ToList();

        Assert.Equal(8, tours.Select(tour => tour[0]).Distinct().Count()); // every start occurs
        Assert.All(tours, tour =>
        {
            Assert.Equal(All, tour.Order());
            for (var i = 1; i < tour.Length; i++)
            {
                var left = All.Except(tour.Take(i)).ToList();
                Assert.Equal(left.Min(other => Math.Abs(centres[other] - centres[tour[i - 1]])), Math.Abs(centres[tour[i]] - centres[tour[i - 1]]));
            }
        });
    }

    [Fact]
    public void Tour_of_many_clusters_is_what_one_thread_finds()
    {
        using var points = TestMatrices.Random(700, 5, 3);
        var clusters = new ClusterAssignment([.. Enumerable.Range(0, 700)], 700);

        var tour = TourPacker.Of(clusters, points).Order([.. Enumerable.Range(0, 700)], [1]);

        var left = Enumerable.Range(0, 700).Except([tour[0]]).ToHashSet();
        for (var i = 1; i < tour.Length; i++)
        {
            var nearest = left.MinBy(other => ExactDistance.Squared(points[other], points[tour[i - 1]]));
            Assert.Equal(nearest, tour[i]);
            left.Remove(nearest);
        }
    }

    [Fact]
    public void Tour_of_wide_centres_is_that_of_their_subspace()
    {
        // Points in a plane of a wider space: two components keep every distance.
        using var flat = TestMatrices.Random(40, 2, 9);
        using var wide = TestMatrices.Of(6, [.. Enumerable.Range(0, 40).Select(i => ($"d{i}", new[] { flat[i][0], 0, flat[i][1], 0, 0, 0 }))]);
        var clusters = new ClusterAssignment([.. Enumerable.Range(0, 40)], 40);
        int[] all = [.. Enumerable.Range(0, 40)];

        Assert.Equal(TourPacker.Of(clusters, flat).Order(all, [5]), TourPacker.Of(clusters, wide, components: 2).Order(all, [5]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Order_is_of_the_seed_and_of_the_clusters_asked_for(bool isTour)
    {
        using var points = TestMatrices.Random(20, 3, 1);
        var clusters = new ClusterAssignment([.. Enumerable.Range(0, 20)], 20);
        ClusterPacker packer = isTour ? TourPacker.Of(clusters, points) : new RandomPacker(clusters);
        int[] some = [3, 5, 8, 13, 19];

        Assert.Equal(some, packer.Order(some, [1]).Order());
        Assert.Equal(packer.Order(some, [1, 2]), packer.Order(some, [1, 2]));
        Assert.True(Enumerable.Range(0, 20).Select(seed => string.Join(' ', packer.Order(some, [seed]))).Distinct().Count() > 3);
        Assert.Empty(packer.Order([], [1]));
        Assert.Equal([7], packer.Order([7], [1]));
    }

    [Fact]
    public void Tour_of_texts_goes_to_the_nearest_mean_of_unit_rows_that_is_left()
    {
        var (_, documents, topics) = WordPairs.Topical(120, 12, 7);
        var clusters = new ClusterAssignment(topics, 12);
        var rows = Bm25Rows.OfDocuments(documents, new Bm25Options(), null, TestContext.Current.CancellationToken);
        var means = Enumerable.Range(0, 12).Select(cluster => Mean(rows, clusters.Members(cluster))).ToArray();
        int[] some = [.. Enumerable.Range(0, 12).Where(cluster => cluster != 4)];
        var packer = TourPacker.Of(clusters, documents);

        foreach (var seed in Enumerable.Range(0, 8))
        {
            var tour = packer.Order(some, [seed]);

            Assert.Equal(some, tour.Order());
            for (var i = 1; i < tour.Length; i++)
                Assert.Equal(some.Except(tour.Take(i)).Min(other => Distance(means[other], means[tour[i - 1]])), Distance(means[tour[i]], means[tour[i - 1]]), 6);
            Assert.Equal(tour, TourPacker.Of(clusters, documents, new Bm25Options { Threads = 1 }).Order(some, [seed]));
        }

        Assert.Equal(TourPacker.PackerName, packer.Name);

        static double[] Mean(SparseRows rows, IReadOnlyList<int> members)
        {
            var mean = new double[rows.Width];
            foreach (var row in members)
            {
                var length = Math.Sqrt(rows.SquaredNorm(row));
                for (var i = 0; i < rows.Columns(row).Length; i++)
                    mean[rows.Columns(row)[i]] += rows.Values(row)[i] / length / members.Count;
            }

            return mean;
        }

        static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
    }

    [Fact]
    public void Tour_of_other_texts_is_refused()
    {
        var error = Assert.Throws<CdeException>(() => TourPacker.Of(new ClusterAssignment([0, 0], 1), (string[])["a"]));

        Assert.Contains("1 documents, but 2 cluster labels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tour_of_other_vectors_is_refused()
    {
        using var points = TestMatrices.Random(3, 2, 1);

        var error = Assert.Throws<CdeException>(() => TourPacker.Of(new ClusterAssignment([0, 0], 1), points));

        Assert.Contains("3 vectors, but 2 cluster labels", error.Message, StringComparison.Ordinal);
    }
}
