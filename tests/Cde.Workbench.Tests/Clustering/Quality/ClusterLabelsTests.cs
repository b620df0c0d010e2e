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
    public void Of_few_documents_without_fillers_names_no_function_word_and_no_word_of_most_documents()
    {
        string[] texts = ["the loaf of the oven and oggi", "the oven of it oggi", "a comet of the night oggi", "the night and the comet", "oggi it is of the"];
        var assignment = new ClusterAssignment([0, 0, 1, 1, 2], 3);

        var plain = ClusterLabels.Of(assignment, row => texts[row], words: 3);
        var labels = ClusterLabels.Of(assignment, row => texts[row], words: 3, leavesOutFillers: true);

        Assert.Contains("the", plain.SelectMany(words => words).Select(word => word.Word));
        Assert.Equal(["oven", "loaf"], labels[0].Select(word => word.Word));
        Assert.Equal(["comet", "night"], labels[1].Select(word => word.Word));
        Assert.NotEmpty(labels[2]); // it has no other words than fillers
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
