using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public class RankedRunTests
{
    [Fact]
    public void Run_keeps_query_order_and_lists()
    {
        var run = new RankedRun("bm25").Add("2", [new("a", 2), new("b", 1)]).Add("1", []);
        Assert.Equal(["2", "1"], run.Keys);
        Assert.Equal(["a", "b"], run["2"].Select(entry => entry.DocumentId));
        Assert.False(run.TryGetValue("3", out _));
    }

    [Fact]
    public void Run_refuses_repeated_queries_repeated_documents_and_scores_that_are_no_numbers()
    {
        var run = new RankedRun("bm25").Add("1", []);
        Assert.Contains("has a list already", Assert.Throws<ArgumentException>(() => run.Add("1", [])).Message);
        Assert.Contains("occurs twice", Assert.Throws<ArgumentException>(() => run.Add("2", [new("a", 2), new("a", 1)])).Message);
        Assert.Contains("not a number", Assert.Throws<ArgumentException>(() => run.Add("2", [new("a", double.NaN)])).Message);
    }
}
