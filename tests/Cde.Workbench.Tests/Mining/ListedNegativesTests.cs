using Cde.Workbench.Corpora;
using Cde.Workbench.Mining;
using static Cde.Workbench.Tests.Mining.MiningCases;

namespace Cde.Workbench.Tests.Mining;

public sealed class ListedNegativesTests
{
    // d0 answers; the others score 1 less each: a margin of 3 leaves d3 and on.
    private static readonly Scores ByRow = new((_, row) => 10 - row);
    private static readonly MiningOptions Margin = MiningPresets.Get("ms-marco");

    [Fact]
    public void Each_system_gives_its_first_documents_below_the_margin_that_are_new()
    {
        var mined = Assert.Single(Mine(2, System("a", "id2", "id3", "id0", "id5", "id7"), System("b", "id5", "id3", "id6", "id4", "id8")).Queries);

        Assert.Equal([3, 5, 6, 4], mined.Rows());
        Assert.Equal([2, 4, 3, 4], mined.Negatives.Select(negative => negative.Rank!.Value));
        Assert.All(mined.Negatives, negative => Assert.Equal(KeepReason.Listed, negative.Reason));
        Assert.Equal(DropRule.AbsoluteMargin, mined.Rule(2)); // 8 is above 10 - 3
        Assert.Equal(DropRule.NotChosen, mined.Rule(7));
        Assert.Equal(DropRule.NotChosen, mined.Rule(8));
        Assert.DoesNotContain(mined.Dropped, dropped => dropped.Row == 0 && dropped.Rule != DropRule.Positive);
    }

    [Fact]
    public void Every_document_of_the_lists_is_kept_or_dropped_once()
    {
        var mined = Assert.Single(Mine(1, System("a", "id2", "id3", "id0", "id5"), System("b", "id5", "id3", "id6", "elsewhere")).Queries);

        Assert.Equal([0, 2, 3, 5, 6], mined.Rows().Concat(mined.Dropped.Select(dropped => dropped.Row)).Order());
    }

    [Fact]
    public void Query_without_a_negative_is_left_out()
    {
        var mined = Mine(5, System("a", "id1", "id2"));

        Assert.Empty(mined.Queries);
        Assert.Equal([0], mined.Inconsistent);
    }

    [Fact]
    public void Run_of_another_corpus_is_named()
    {
        var error = Assert.Throws<CdeException>(() => Mine(5, System("other", "x1", "x2")));

        Assert.Contains("run other: no query and document of it are of the corpus", error.Message, StringComparison.Ordinal);
    }

    private static MinedNegatives Mine(int perSystem, params RankedRun[] systems)
    {
        var corpus = new MemoryCorpus("pool", [.. Enumerable.Range(0, 9).Select(row => new Document($"id{row}", $"d{row}"))]);
        var qrels = new Qrels();
        qrels.Add("q", "id0", 1);
        var data = MiningData.Of(new RetrievalTask("pool", corpus, [new Query("q", "what is it")], qrels));
        return new ListedNegatives(data, Margin) { PerSystem = perSystem }.Mine(systems, ByRow, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static RankedRun System(string name, params string[] ids) => new RankedRun(name).Add("q", [.. ids.Select((id, place) => new ScoredDocument(id, 100 - place))]);
}
