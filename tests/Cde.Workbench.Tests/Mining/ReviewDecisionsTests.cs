using Cde.Testing;
using Cde.Workbench.Mining;
using static Cde.Workbench.Tests.Mining.MiningCases;

namespace Cde.Workbench.Tests.Mining;

public sealed class ReviewDecisionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Decisions_are_respected_by_the_next_run()
    {
        var (data, found) = (Data(6, [0]), Found((3, .9), (0, .8), (1, .79), (2, .7)));
        var options = new MiningOptions { Count = 2, RelativeMargin = .05 };
        Assert.Equal([2], Mine(data, options, found, [.8]).Rows());

        ReviewDecisions.Append(_folder["review.jsonl"], data, [(0, 2, ReviewDecision.Reject), (0, 1, ReviewDecision.Accept)]);
        var mined = Mine(data, options, found, [.8], ReviewDecisions.Read(_folder["review.jsonl"], data));

        Assert.Equal([1], mined.Rows());
        Assert.False(mined.Negatives[0].IsSuspect);
        Assert.Equal(DropRule.Rejected, mined.Rule(2));
    }

    [Fact]
    public void A_later_decision_takes_the_place_of_an_earlier_one()
    {
        var data = Data(3, [0]);
        ReviewDecisions.Append(_folder["review.jsonl"], data, [(0, 1, ReviewDecision.Reject)]);
        ReviewDecisions.Append(_folder["review.jsonl"], data, [(0, 1, ReviewDecision.Accept)]);

        Assert.Equal(ReviewDecision.Accept, ReviewDecisions.Read(_folder["review.jsonl"], data).Of(0, 1));
    }

    [Fact]
    public void Decisions_hold_for_the_same_texts_in_another_order()
    {
        ReviewDecisions.Append(_folder["review.jsonl"], Data(4, [0], [1]), [(1, 3, ReviewDecision.Reject)]);

        var decisions = ReviewDecisions.Read(_folder["review.jsonl"], MiningData.Of([new("q1", ["d1"], ["d3", "d2"])]));

        Assert.Equal(1, decisions.Count);
        Assert.Equal(ReviewDecision.Reject, decisions.Of(0, 1));
    }

    [Fact]
    public void The_review_of_another_run_is_refused()
    {
        ReviewDecisions.Append(_folder["review.jsonl"], Data(3, [0]), [(0, 1, ReviewDecision.Reject)]);

        var error = Assert.Throws<CdeException>(() => ReviewDecisions.Read(_folder["review.jsonl"], MiningData.Of([new("other", ["text"], [])])));

        Assert.Contains("review of another run", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"query\":\"q0\",\"document\":\"d1\"}")]
    [InlineData("{\"query\":\"q0\",\"document\":\"d1\",\"decision\":\"perhaps\"}")]
    [InlineData("{\"query\":\"q0\",\"decision\":\"reject\"}")]
    [InlineData("not json")]
    public void A_malformed_line_is_named(string line)
    {
        var path = _folder.Write("review.jsonl", "\n" + line + "\n");

        var error = Assert.Throws<CdeException>(() => ReviewDecisions.Read(path, Data(3, [0])));

        Assert.StartsWith(path + " line 2: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_no_decisions() => Assert.Equal(0, ReviewDecisions.Read(_folder["none.jsonl"], Data(3, [0])).Count);

    public void Dispose() => _folder.Dispose();
}
