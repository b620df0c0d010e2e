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
    public void A_matrix_has_the_scores_the_answers_left_out_and_repeated_texts()
    {
        var pairs = TrainingPairs.Of([new("a", ["same text"], [], ""), new("b", ["y"], [], ""), new("c", ["Same  text"], [], "")]);
        using var queries = TestMatrices.Of(2, ("a", [1, 0]), ("b", [0, 1]), ("c", [1, 0]));
        using var documents = TestMatrices.Of(2, ("x", [1, 0]), ("y", [0, 1]), ("z", [0.6f, 0.8f]));
        using var guide = new GuideStore(queries, documents);

        var matrix = BatchMatrix.Of([2, 0, 1], pairs, new FalseNegativeFilter(guide, new()));

        Assert.Equal([2, 0, 1], matrix.Rows);
        Assert.Equal([0.6, 1, 0, 0.6, 1, 0, 0.8, 0, 1], matrix.Cosines.Cast<double>().Select(score => Math.Round(score, 6)));
        Assert.Equal([false, true, false, false, false, false, false, false, false], matrix.FalseNegatives.Cast<bool>()); // x answers c better than z
        Assert.Equal([false, true, false, true, false, false, false, false, false], matrix.Repeated.Cast<bool>());
        Assert.Equal([1, 0, 0], Enumerable.Range(0, 3).Select(matrix.Hardest));
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
