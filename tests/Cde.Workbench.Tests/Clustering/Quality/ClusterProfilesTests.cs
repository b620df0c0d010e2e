using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Quality;

public sealed class ClusterProfilesTests
{
    [Fact]
    public void Of_points_on_a_line_tells_the_middle_the_ends_and_the_neighbours()
    {
        using var points = TestMatrices.Of(1, [.. ((float[])[0, 1, 2, 3, 9, 20, 21, 22, 100]).Select((x, i) => ($"d{i}", new[] { x }))]);
        var assignment = new ClusterAssignment([0, 0, 0, 0, 0, 1, 1, 1, 2], 4); // cluster 3 has no point

        var profiles = ClusterProfiles.Of(points, assignment, ClusterMetric.Euclidean, members: 1, nearest: 2);

        Assert.Equal([5, 3, 1, 0], profiles.Select(profile => profile.Size));
        Assert.Equal(new ClusterMember(3, 0), profiles[0].Representatives.Single()); // the mean is 3
        Assert.Equal(new ClusterMember(4, 6), profiles[0].Outliers.Single());
        Assert.Equal(2.4, profiles[0].MeanDistance, 1e-6);
        Assert.Equal([new NearCluster(1, 18), new NearCluster(2, 97)], profiles[0].Nearest);
        Assert.Empty(profiles[2].Outliers); // its one point represents it
        Assert.Empty(profiles[3].Nearest);
    }

    [Fact]
    public void Of_cosines_does_not_look_at_lengths()
    {
        using var points = TestMatrices.Of(2, ("a", [1, 0]), ("b", [100, 10]), ("c", [0, 3]));

        var profiles = ClusterProfiles.Of(points, new ClusterAssignment([0, 0, 1], 2));

        Assert.Equal(profiles[0].Representatives[0].Distance, profiles[0].Representatives[1].Distance, 1e-6); // both half the angle away
    }
}
