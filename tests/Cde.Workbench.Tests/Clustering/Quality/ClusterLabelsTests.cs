using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering.Quality;

public sealed class ClusterLabelsTests
{
    private static readonly string[] Texts =
    [
        "the cat and the dog", "the moon over the sea", "a cat, a Cat!", "moon and stars over us", "the dog of the cat", "stars, and the moon", "cat noise",
    ];

    [Fact]
    public void Of_two_topics_names_each_by_its_own_words()
    {
        var assignment = new ClusterAssignment([0, 1, 0, 1, 0, 1, ClusterAssignment.Noise], 2);

        var labels = ClusterLabels.Of(assignment, row => Texts[row], words: 3);

        Assert.Equal(["cat", "moon"], labels.Select(words => words[0].Word));
        Assert.All(labels, words => Assert.True(words[0].Weight > words[1].Weight && words[1].Weight >= words[2].Weight));
    }

    [Fact]
    public void Of_an_empty_cluster_is_empty()
    {
        var labels = ClusterLabels.Of(new ClusterAssignment([0, 0, 2], 3), row => Texts[row]);

        Assert.Empty(labels[1]);
        Assert.NotEmpty(labels[2]);
    }

    [Fact]
    public void Of_code_splits_identifiers()
    {
        var labels = ClusterLabels.Of(new ClusterAssignment([0, 1], 2), row => row == 0 ? "ReadAllLines ReadLine" : "WriteLine", words: 1, splitIdentifiers: true);

        Assert.Equal(["read", "write"], labels.Select(words => words[0].Word));
    }
}
