using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class UmapEdgesTests
{
    [Theory]
    [InlineData(200)] // one block
    [InlineData(5000)] // sixteen
    public void Rounds_walk_every_edge_once_and_never_two_of_one_block_together(int count)
    {
        using var points = TestMatrices.Random(count, 3, 2);
        var graph = FuzzyNeighbours.Union(NearestNeighbours.Find([points], 5), TestContext.Current.CancellationToken);

        var edges = new UmapEdges(graph, int.MaxValue);

        var walked = new HashSet<(int, int)>();
        foreach (var round in edges.Rounds())
        {
            var taken = new HashSet<int>();
            foreach (var (from, to) in round.Select(edges.Of))
            {
                var points1 = Enumerable.Range(from, to - from).SelectMany(edge => (int[])[edges.Heads[edge], edges.Tails[edge]]).ToHashSet();
                Assert.DoesNotContain(points1, taken.Contains);
                taken.UnionWith(points1);
                for (var edge = from; edge < to; edge++)
                    Assert.True(walked.Add((edges.Heads[edge], edges.Tails[edge])));
            }
        }

        Assert.Equal(graph.Weights.Count(weight => weight >= graph.Weights.Max() / int.MaxValue), walked.Count);
    }

    [Fact]
    public void Strong_edges_are_walked_more_often_and_the_weakest_never()
    {
        var graph = new SparseGraph([0, 1, 3, 4], [1, 0, 2, 1], [1, 1, 0.001f, 0.001f]);

        var edges = new UmapEdges(graph, 500);

        Assert.Equal([1f, 1f], edges.Periods);
        Assert.Equal(4, new UmapEdges(graph, 1000).Periods.Length);
    }
}
