using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class BatchProfileTests
{
    private static readonly TrainingPairs Pairs = TrainingPairs.Of([new("a", ["x"], [], "one"), new("b", ["y"], [], "one"), new("c", ["z"], [], "two")]);

    [Fact]
    public void Of_three_pairs_is_what_a_hand_counts()
    {
        // Scores of queries (rows) and documents: 1 0 .6 / 0 1 .8 / 1 0 .6
        using var queries = TestMatrices.Of(2, ("a", [1, 0]), ("b", [0, 1]), ("c", [1, 0]));
        using var documents = TestMatrices.Of(2, ("x", [1, 0]), ("y", [0, 1]), ("z", [0.6f, 0.8f]));
        using var guide = new GuideStore(queries, documents);

        var profile = BatchProfile.Of([0, 1, 2], Pairs, null, new FalseNegativeFilter(guide, new()));

        Assert.Equal((3, 2, 0), (profile.Rows, profile.Domains, profile.Clusters));
        Assert.Equal((1 + 1 + 0.6) / 3, profile.OwnScore, 1e-6);
        Assert.Equal((0 + 0.6 + 0 + 0.8 + 1 + 0) / 6, profile.OtherScore, 1e-6);
        Assert.Equal((0.6 + 0.8 + 1) / 3, profile.HardestScore, 1e-6);
        Assert.Equal(1 / 3.0, profile.Beaten, 1e-12);
        Assert.Equal(1 / 6.0, profile.FalseNegatives, 1e-12);
    }

    [Fact]
    public void Of_one_pair_has_no_others()
    {
        using var vectors = TestMatrices.Random(3, 4, 1);
        using var guide = new GuideStore(vectors, vectors);

        var profile = BatchProfile.Of([1], Pairs, null, new FalseNegativeFilter(guide, new()));

        Assert.True(double.IsNaN(profile.OtherScore) && double.IsNaN(profile.HardestScore));
        Assert.Equal((0, 0), (profile.Beaten, profile.FalseNegatives));
    }

    [Fact]
    public void Mean_leaves_out_what_a_batch_does_not_have()
    {
        var one = new BatchProfile(1, 1, 1, 0.5, double.NaN, double.NaN, 0, 0);
        var two = new BatchProfile(3, 2, 1, 0.7, 0.2, 0.4, 1, 0.5);

        Assert.Equal(new BatchProfile(2, 1.5, 1, 0.6, 0.2, 0.4, 0.5, 0.25), BatchProfile.Mean([one, two]));
    }
}
