using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public class QrelsTests
{
    [Fact]
    public void Qrels_keep_query_order_and_grades()
    {
        var qrels = new Qrels().Add("2", "a", 1).Add("1", "b", 0).Add("2", "c", 3).Add("2", "a", 1);
        Assert.Equal(["2", "1"], qrels.QueryIds);
        Assert.Equal(3, qrels.Count);
        Assert.Equal(3, qrels["2"]["c"]);
        Assert.Empty(qrels["9"]);
        Assert.False(qrels.TryGet("9", out _));
    }

    [Fact]
    public void Contradicting_judgement_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => new Qrels().Add("1", "a", 1).Add("1", "a", 2));
        Assert.Contains("judged 1 and 2 for query 1", failure.Message);
    }
}
