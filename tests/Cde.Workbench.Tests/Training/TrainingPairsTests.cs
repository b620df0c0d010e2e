using Cde.Workbench.Corpora;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training;

public sealed class TrainingPairsTests
{
    [Fact]
    public void Of_examples_has_a_row_each_with_one_of_its_positives()
    {
        TrainingExample[] examples =
        [
            new("q", ["a", "b", "c"], ["n"], "one"), new("r", ["d"], [], "two"), new("alone", [], [], "one"), new("s", ["e"], [], "one"),
        ];

        var pairs = TrainingPairs.Of(examples);

        Assert.Equal(["q", "r", "s"], pairs.Queries);
        Assert.Equal(["one", "two"], pairs.DomainNames);
        Assert.Equal([0, 1, 0], pairs.Domains.Labels);
        Assert.Contains(pairs.Documents[0], examples[0].Positives);
        Assert.Equal(3, Enumerable.Range(0, 40).Select(seed => TrainingPairs.Of(examples, seed).Documents[0]).Distinct().Count());
    }

    [Fact]
    public void Of_a_task_has_a_row_a_query_with_a_relevant_document()
    {
        var corpus = new MemoryCorpus("c", [new Document("x", "the x"), new Document("y", "the y", "Title")]);
        var qrels = new Qrels().Add("1", "y", 2).Add("2", "x", 0).Add("3", "gone", 1);

        var pairs = TrainingPairs.Of(new RetrievalTask("t", corpus, [new Query("1", "one"), new Query("2", "two"), new Query("3", "three")], qrels));

        Assert.Equal(("one", "Title the y", "t"), (pairs.Queries.Single(), pairs.Documents.Single(), pairs.DomainNames.Single()));
    }

    [Fact]
    public void Of_examples_without_positives_is_refused() =>
        Assert.Contains("no example has a text that answers its query", Assert.Throws<CdeException>(() => TrainingPairs.Of([new("q", [], [])])).Message, StringComparison.Ordinal);

    [Fact]
    public void Texts_keep_rows_with_any_positive_in_common_apart()
    {
        var texts = TrainingPairs.Of([new("q", ["a", "b"], []), new("r", ["B "], []), new("s", ["c"], ["Q"])]).Texts();
        var used = new HashSet<ulong>();

        Assert.True(texts.TryAdd(0, used));
        Assert.False(texts.TryAdd(1, used));
        Assert.False(texts.TryAdd(2, used)); // its hard negative is the first row's query
    }
}
