using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

public sealed class GuidedTests
{
    [Fact]
    public void Loss_ofTwoPairsByHand_leavesOutWhatTheGuideFindsCloser()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new[] { 1.0, 0, 0, 1 }, [2, 2]); // queries = documents: cosines 1 and 0
        // The guide: own pairs at cosine 0.6 and 1; query 0 with document 1 at 0.8.
        var guide = new GuideVectors(tensor(new[] { 1.0, 0, 0.8, 0.6 }, [2, 2]), tensor(new[] { 0.6, 0.8, 0.8, 0.6 }, [2, 2]));
        var options = new GuidedOptions { Temperature = 0.5, ContrastsQueries = false, ContrastsDocuments = false };

        var loss = Guided.Loss(student, student, null, guide, options).item<double>();

        // Row 0 keeps its own pair alone; row 1 compares 1 with 0: the guide's 0.96 is below its own pair's 1.
        Assert.Equal((0 + Math.Log(1 + Math.Exp(-2))) / 2, loss, 1e-12);
    }

    [Fact]
    public void Loss_whereTheGuideCannotTellTheOwnPairApart_stillLeavesOutATextWithItself()
    {
        using var scope = NewDisposeScope();
        var same = ones(2, 3, dtype: ScalarType.Float64); // every guide similarity equals the threshold 1, so that nothing is above it
        var vectors = LossSamples.Normal(1, 2, 3);
        var options = new GuidedOptions { Temperature = 1 };

        var masked = GuidedScores.Masked(GuidedScores.Of(vectors, vectors, null, options, 0, 2), GuidedScores.OfGuide(new(same, same), false, options, 0, 2), options, 0);

        Assert.Equal(
            [false, false, true, false, true, false, false, false, false, true, false, true], // documents, queries, among documents
            masked.data<bool>().ToArray());
    }

    [Theory]
    [InlineData(GuideMargin.Absolute)]
    [InlineData(GuideMargin.Relative)]
    public void Masked_underALargerMargin_takesOutMore_andNeverTheOwnPair(GuideMargin strategy)
    {
        using var scope = NewDisposeScope();
        var (queries, documents) = (LossSamples.Normal(1, 6, 4).abs(), LossSamples.Normal(2, 6, 4).abs());
        var counts = new[] { 0.0, 0.1, 0.3, 1.0 }.Select(margin =>
        {
            var options = new GuidedOptions { Margin = margin, MarginStrategy = strategy };
            var scores = GuidedScores.Of(queries, documents, null, options, 0, 6);
            var masked = GuidedScores.Masked(scores, GuidedScores.OfGuide(new(queries, documents), false, options, 0, 6), options, 0);
            Assert.False(masked.narrow(1, 0, 6).diagonal().any().item<bool>());
            return masked.sum().item<long>();
        }).ToArray();

        Assert.Equal(counts.Order(), counts);
        Assert.Equal(6 * 18 - 6, counts[^1]); // at margin 1 everything but the own pairs is out: all cosines are above 0
        Assert.True(counts[0] < counts[^1]);
    }

    [Fact]
    public void Loss_withHardNegativesOnlyAndNoneLeft_isZero()
    {
        using var scope = NewDisposeScope();
        var vectors = eye(4, dtype: ScalarType.Float64); // every own pair beats every other

        Assert.Equal(0, Guided.Loss(vectors, vectors, null, null, new() { HardNegativesOnly = true }).item<double>(), 1e-12);
        Assert.NotEqual(0, Guided.Loss(vectors, vectors, null, null, new() { Temperature = 1 }).item<double>(), 1e-3);
    }

    [Fact]
    public void Loss_withTripletsButNoGuide_isRefusedByName()
    {
        using var scope = NewDisposeScope();

        var error = Assert.Throws<CdeException>(() => Guided.Loss(ones(2, 2), ones(2, 2), ones(2, 2), null, new() { Triplet = GuidedTriplet.Mean }));

        Assert.Contains("Triplet", error.Message, StringComparison.Ordinal);
    }
}
