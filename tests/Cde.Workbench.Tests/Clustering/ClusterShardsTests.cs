using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering;

public sealed class ClusterShardsTests
{
    /// <summary>700 rows of one group, 200 of another, 100 of none.</summary>
    private static readonly ClusterAssignment Groups = new([.. Enumerable.Range(0, 1000).Select(row => row % 10 == 9 ? ClusterAssignment.Noise : row % 10 < 7 ? 0 : 1)], 2);

    [Fact]
    public void Of_dividesWhatIsTooLarge_atRandom_intoPartsOfAboutTheSameSize()
    {
        var parts = ClusterShards.Of(Groups, 300, seed: 4);

        Assert.Equal(4, parts.Clusters);
        Assert.Equal(100, parts.NoiseCount);
        Assert.All(parts.Sizes.Take(3), size => Assert.InRange(size, 233, 234));
        Assert.Equal(200, parts.Sizes[3]);
        for (var row = 0; row < Groups.Count; row++)
            Assert.Equal(Groups.Labels[row] == 1, parts.Labels[row] == 3);
        Assert.All(Enumerable.Range(0, 3), part => Assert.InRange(parts.Members(part).Count(row => row < 500), 90, 145)); // half of a part, with a deviation of 6
    }

    [Fact]
    public void Of_repeatsByTheSeed()
    {
        Assert.Equal(ClusterShards.Of(Groups, 300, 4).Labels, ClusterShards.Of(Groups, 300, 4).Labels);
        Assert.NotEqual(ClusterShards.Of(Groups, 300, 4).Labels, ClusterShards.Of(Groups, 300, 5).Labels);
    }

    [Fact]
    public void Of_leavesWhatFitsAsItIs() => Assert.Same(Groups, ClusterShards.Of(Groups, 700, 4));
}
