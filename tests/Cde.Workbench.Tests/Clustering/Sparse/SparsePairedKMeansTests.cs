using Cde.Workbench.Clustering;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering;

public sealed class SparsePairedKMeansTests
{
    [Fact]
    public void Fit_is_bit_for_bit_what_plain_loops_over_dense_rows_give() =>
        Prop.ForAll(
            (from pairs in Gen.Choose(1, 50) from words in Gen.Choose(1, 40) from size in Gen.Choose(1, 12) from seed in Gen.Choose(0, 1_000_000) select (pairs, words, size, seed)).ToArbitrary(),
            made =>
            {
                var (queries, documents) = WordPairs.Random(made.pairs, made.words, made.seed);
                documents[0] += " w0"; // a mean length of 0 has no formula
                var options = new Bm25ClusterOptions { ClusterSize = made.size, Seed = made.seed };
                var expected = new DenseReference(queries, documents, options.Words).Fit(made.size, new SeededRandom(made.seed).Below(made.pairs));

                var found = Fit(queries, documents, options);

                return found.Labels.SequenceEqual(expected.Labels)
                    && found.Shifts.SequenceEqual(expected.Shifts)
                    && Enumerable.Range(0, expected.Centroids.Length).All(cluster => Dense(found.Centroids, cluster).SequenceEqual(expected.Centroids[cluster]));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_does_not_depend_on_the_number_of_threads()
    {
        var (queries, documents) = WordPairs.Random(1500, 400, 8);
        var options = new Bm25ClusterOptions { ClusterSize = 20 };

        var one = Fit(queries, documents, options with { Words = new() { Threads = 1 } });

        Assert.True(one.Shifts.Count > 2); // centroids moved
        Assert.True(one.Labels.Distinct().Count() > 20);
        foreach (var threads in (int[])[0, 2, 3, 8])
        {
            var several = Fit(queries, documents, options with { Words = new() { Threads = threads } });
            Assert.Equal(one.Labels, several.Labels);
            Assert.Equal(one.Shifts, several.Shifts);
            Assert.All(Enumerable.Range(0, one.Centroids.Count), cluster => Assert.Equal(one.Centroids.Values(cluster).ToArray(), several.Centroids.Values(cluster).ToArray()));
        }
    }

    [Fact]
    public void Fit_ends_where_the_shift_stands_still_or_the_iterations_are_over()
    {
        var (queries, documents, _) = WordPairs.Topical(200, 10, 4);
        var options = new Bm25ClusterOptions { ClusterSize = 20 };

        var free = Fit(queries, documents, options);
        var cut = Fit(queries, documents, options with { Iterations = free.Shifts.Count - 1 });
        var lenient = Fit(queries, documents, options with { Tolerance = 1e9 });

        Assert.True(free.IsConverged);
        Assert.True(Math.Abs(free.Shifts[^1] - free.Shifts[^2]) < 1e-3);
        Assert.All(Enumerable.Range(1, free.Shifts.Count - 2), i => Assert.True(Math.Abs(free.Shifts[i] - free.Shifts[i - 1]) >= 1e-3));
        Assert.False(cut.IsConverged);
        Assert.Equal(free.Shifts.SkipLast(1), cut.Shifts);
        Assert.Equal(2, lenient.Shifts.Count); // the first shift has none before it
    }

    [Fact]
    public void Fit_keeps_a_cluster_that_no_query_is_nearest_to()
    {
        // Every query is nearest to the only document with its word.
        var found = Fit(["a", "a", "a"], ["a a a", "b", "c"], new Bm25ClusterOptions { ClusterSize = 1 });

        Assert.Equal(3, found.Centroids.Count);
        Assert.Single(found.Labels.Distinct());
        Assert.Equal(2, Enumerable.Range(0, 3).Count(cluster => cluster != found.Labels[0] && found.Centroids.Columns(cluster).Length == 1));
    }

    [Fact]
    public void Fit_takes_another_first_pair_from_another_seed()
    {
        var (queries, documents) = WordPairs.Random(200, 100, 6);

        Assert.True(Enumerable.Range(0, 10).Select(seed => string.Join(' ', Fit(queries, documents, new Bm25ClusterOptions { ClusterSize = 20, Seed = seed }).Labels)).Distinct().Count() > 5);
    }

    private static SparseKMeansResult Fit(string[] queries, string[] documents, Bm25ClusterOptions options)
    {
        var (asked, answers) = Bm25Rows.Of(queries, documents, options.Words, null, default);
        return SparsePairedKMeans.Fit(asked, answers, options, null, default);
    }

    private static float[] Dense(SparseRows rows, int row)
    {
        var dense = new float[rows.Width];
        var columns = rows.Columns(row);
        for (var i = 0; i < columns.Length; i++)
            dense[columns[i]] = rows.Values(row)[i];
        return dense;
    }
}
