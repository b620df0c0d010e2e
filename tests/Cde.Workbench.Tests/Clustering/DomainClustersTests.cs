using Cde.Testing;
using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering;

public sealed class DomainClustersTests
{
    private static readonly ClusterAssignment Domains = new([.. Enumerable.Range(0, 90).Select(row => row % 3 == 0 ? 0 : row % 10 == 1 ? ClusterAssignment.Noise : 1)], 2);

    private static readonly PairedKMeansOptions Options = new() { ClusterSize = 10 };

    [Fact]
    public void Of_two_domains_puts_no_pair_into_a_cluster_of_the_other()
    {
        using var queries = TestMatrices.Random(90, 6, 1);
        using var documents = TestMatrices.Random(90, 6, 2);

        var clusters = DomainClusters.Of(queries, documents, Domains, Options);

        Assert.Equal(Domains.Labels.Select(label => label < 0), clusters.Labels.Select(label => label < 0));
        Assert.Equal(3 + 6, clusters.Clusters); // 30 and 54 pairs in tens, rounded up
        Assert.All(Enumerable.Range(0, clusters.Clusters), cluster => Assert.True(clusters.Members(cluster).Select(row => Domains.Labels[row]).Distinct().Count() <= 1));
    }

    [Fact]
    public void Of_a_domain_is_what_its_pairs_alone_give()
    {
        using var queries = TestMatrices.Random(90, 6, 1);
        using var documents = TestMatrices.Random(90, 6, 2);
        using var some = TestMatrices.Of(6, [.. Domains.Members(0).Select(row => ($"q{row}", queries[row].ToArray()))]);
        using var others = TestMatrices.Of(6, [.. Domains.Members(0).Select(row => ($"d{row}", documents[row].ToArray()))]);

        var clusters = DomainClusters.Of(queries, documents, Domains, Options);

        Assert.Equal(PairedKMeans.Fit(some, others, Options).Assignment.Labels, Domains.Members(0).Select(row => clusters.Labels[row]));
    }

    [Fact]
    public void Of_the_same_pairs_again_is_read_from_the_cache()
    {
        using var folder = new TemporaryFolder();
        using var queries = TestMatrices.Random(90, 6, 1);
        using var documents = TestMatrices.Random(90, 6, 2);
        var cache = new ClusterCache(folder.Path);

        var made = DomainClusters.Of(queries, documents, Domains, Options, cache);

        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        var told = 0;
        Assert.Equal(made.Labels, DomainClusters.Of(queries, documents, Domains, Options, cache, new Counter(() => told++)).Labels);
        Assert.Equal(0, told);
    }

    private sealed class Counter(Action count) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => count();
    }
}
