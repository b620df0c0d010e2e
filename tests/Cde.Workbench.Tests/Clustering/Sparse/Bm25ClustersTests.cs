using Cde.Testing;
using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering;

public sealed class Bm25ClustersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_pairs_about_a_topic_each_keeps_topics_apart()
    {
        var (queries, documents, topics) = WordPairs.Topical(400, 10, 1);

        var found = Bm25Clusters.Of(queries, documents, new Bm25ClusterOptions { ClusterSize = 40 });

        Assert.Equal(10, found.Clusters);
        // Of a random assignment, a pair shares the topic of a tenth of its cluster.
        Assert.True(Enumerable.Range(0, 10).Sum(cluster => found.Members(cluster).GroupBy(pair => topics[pair]).Select(group => group.Count()).DefaultIfEmpty().Max()) > 320);
    }

    [Fact]
    public void Of_one_pair_or_of_texts_without_words_is_one_cluster()
    {
        Assert.Equal([0], Bm25Clusters.Of(["a question"], ["an answer"]).Labels);
        Assert.Equal([0, 0, 0], Bm25Clusters.Of(["", "?", "a"], ["", "", ""], new Bm25ClusterOptions { ClusterSize = 1 }).Labels);
    }

    [Fact]
    public void WithinDomains_puts_no_pair_into_a_cluster_of_another_and_does_with_a_domain_what_its_pairs_alone_give()
    {
        var (queries, documents) = WordPairs.Random(120, 60, 2);
        var domains = new ClusterAssignment([.. Enumerable.Range(0, 120).Select(row => row % 4 == 0 ? 0 : row % 10 == 1 ? ClusterAssignment.Noise : 1)], 2);
        var options = new Bm25ClusterOptions { ClusterSize = 10 };

        var found = Bm25Clusters.WithinDomains(queries, documents, domains, options);

        Assert.Equal(domains.Labels.Select(label => label < 0), found.Labels.Select(label => label < 0));
        Assert.Equal(3 + 8, found.Clusters); // 30 and 78 pairs in tens, rounded up
        Assert.All(Enumerable.Range(0, found.Clusters), cluster => Assert.True(found.Members(cluster).Select(row => domains.Labels[row]).Distinct().Count() <= 1));
        var second = domains.Members(1);
        var alone = Bm25Clusters.Of([.. second.Select(row => queries[row])], [.. second.Select(row => documents[row])], options);
        Assert.Equal(alone.Labels, second.Select(row => found.Labels[row] - 3));
    }

    [Fact]
    public void Of_the_same_words_again_is_read_from_the_cache()
    {
        var (queries, documents) = WordPairs.Random(60, 30, 3);
        var (cache, stages) = (new ClusterCache(_folder.Path), new List<string>());
        var options = new Bm25ClusterOptions { ClusterSize = 7 };

        var made = Bm25Clusters.Of(queries, documents, options, cache, new Stages(stages));
        Assert.Contains("k-means of words", stages);
        stages.Clear();
        var read = Bm25Clusters.Of([.. queries.Select(text => text.ToUpperInvariant())], documents, options with { Words = new() { Threads = 1 } }, cache, new Stages(stages));

        Assert.Equal((made.Clusters, 9), (read.Clusters, made.Clusters));
        Assert.Equal(made.Labels, read.Labels);
        Assert.DoesNotContain("k-means of words", stages);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Of_other_texts_or_options_is_another_entry()
    {
        var (queries, documents) = WordPairs.Random(60, 30, 3);
        var cache = new ClusterCache(_folder.Path);
        var options = new Bm25ClusterOptions();
        (string[] Queries, string[] Documents, Bm25ClusterOptions Options)[] all =
        [
            (queries, documents, options), (documents, queries, options), (queries, [.. documents.Select(text => text + " w0")], options), ([.. queries.Select(text => text + " w0")], documents, options),
            (queries, documents, options with { Seed = 1 }), (queries, documents, options with { ClusterSize = 5 }), (queries, documents, options with { Iterations = 2 }),
            (queries, documents, options with { Tolerance = 1 }), (queries, documents, options with { Words = new() { K1 = 2 } }), (queries, documents, options with { Words = new() { B = 0 } }),
        ];

        foreach (var one in all)
            Bm25Clusters.Of(one.Queries, one.Documents, one.Options, cache);

        Assert.Equal(all.Length, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public void A_damaged_entry_is_made_again(string damage)
    {
        var (queries, documents) = WordPairs.Random(60, 30, 3);
        var cache = new ClusterCache(_folder.Path);
        var made = Bm25Clusters.Of(queries, documents, null, cache);
        var path = Directory.GetFiles(_folder.Path).Single();
        File.WriteAllText(path, damage);

        Assert.Equal(made.Labels, Bm25Clusters.Of(queries, documents, null, cache).Labels);
        Assert.Equal(made.Labels, LabelFile.Open(path).Clusters.Labels);
    }

    [Fact]
    public void What_cannot_be_clustered_is_refused_in_one_line()
    {
        Assert.Equal("there are no pairs to cluster", Refusal(() => Bm25Clusters.Of([], [])));
        Assert.Contains("2 queries and 1 documents", Refusal(() => Bm25Clusters.Of(["a", "b"], ["a"])), StringComparison.Ordinal);
        Assert.Contains("domains of 2 pairs", Refusal(() => Bm25Clusters.WithinDomains(["a"], ["a"], new([0, 0], 1))), StringComparison.Ordinal);
        Assert.Contains("ClusterSize is 0", Refusal(() => Bm25Clusters.Of(["a"], ["a"], new() { ClusterSize = 0 })), StringComparison.Ordinal);
        Assert.Contains("Iterations is 0", Refusal(() => Bm25Clusters.Of(["a"], ["a"], new() { Iterations = 0 })), StringComparison.Ordinal);
        Assert.Contains("Tolerance is -1", Refusal(() => Bm25Clusters.Of(["a"], ["a"], new() { Tolerance = -1 })), StringComparison.Ordinal);
        Assert.Contains("b from 0 to 1", Refusal(() => Bm25Clusters.Of(["a"], ["a"], new() { Words = new() { B = 2 } })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("indexing words")]
    [InlineData("first centroids")]
    [InlineData("k-means of words")]
    public void Of_pairs_stops_where_it_is_cancelled(string stage)
    {
        var (queries, documents) = WordPairs.Random(500, 100, 4);
        var cache = new ClusterCache(_folder.Path);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Bm25Clusters.Of(queries, documents, new() { ClusterSize = 4 }, cache, new CancelAt(stage, stop), stop.Token));

        Assert.False(Directory.Exists(_folder.Path) && Directory.EnumerateFiles(_folder.Path).Any());
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(Action act) => Assert.Throws<CdeException>(act).Message;

    private sealed class Stages(List<string> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told.Add(value.Stage);
    }

    private sealed class CancelAt(string stage, CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Stage == stage)
                stop.Cancel();
        }
    }
}
