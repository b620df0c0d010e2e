using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Search;

public sealed class Bm25Tests
{
    [Fact]
    public void Identifiers_are_found_by_their_words()
    {
        using var corpus = Corpus(("a", "XmlReaderSettings"), ("b", "IOStream"), ("c", "nothing here"));
        var queries = new[] { new Query("q", "Settings of a reader") };
        Assert.Equal(["a"], Ids(new Bm25(corpus).Search(queries, 10)));
        Assert.Empty(Ids(new Bm25(corpus, new Bm25Options { SplitIdentifiers = false }).Search(queries, 10)));
    }

    [Fact]
    public void Case_and_punctuation_do_not_matter_and_titles_count()
    {
        using var corpus = new MemoryCorpus("titles", [new Document("a", "x", "\u00C9tude no. 7"), new Document("b", "\u00E9tude")]);
        Assert.Equal(["a", "b"], Ids(new Bm25(corpus).Search([new Query("q", "(\u00C9TUDE/7)")], 10)));
    }

    [Fact]
    public void Equal_scores_go_to_the_id_that_is_larger_in_bytes_also_at_the_cut()
    {
        using var corpus = Corpus(("d10", "same words"), ("d9", "same words"), ("d2", "same words"), ("d1", "same words"));
        Assert.Equal(["d9", "d2"], Ids(new Bm25(corpus).Search([new Query("q", "words")], 2)));
    }

    [Fact]
    public void Query_without_a_known_word_has_an_empty_list()
    {
        using var corpus = Corpus(("a", "word"));
        Assert.Empty(Ids(new Bm25(corpus).Search([new Query("q", "unknown")], 5)));
        Assert.Empty(Ids(new Bm25(corpus).Search([new Query("q", "")], 5)));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        string[] words = ["alpha", "beta", "gamma", "delta", "epsilon"];
        using var corpus = new MemoryCorpus(
            "many", [.. Enumerable.Range(0, 300).Select(row => new Document($"d{row}", "all " + string.Join(' ', words.Where((_, word) => (row >> word & 1) == 1))))]);
        var queries = Enumerable.Range(0, 200).Select(row => new Query($"q{row}", $"{words[row % 5]} {words[row / 5 % 5]}")).ToList();
        var one = new Bm25(corpus, new Bm25Options { Threads = 1 }).Search(queries, 20);
        var four = new Bm25(corpus, new Bm25Options { Threads = 4 }).Search(queries, 20);
        Assert.All(queries, query => Assert.Equal(one[query.Id], four[query.Id]));
    }

    [Fact]
    public void Cut_list_is_the_beginning_of_the_whole_one()
    {
        using var corpus = new MemoryCorpus("many", [.. Enumerable.Range(1, 50).Select(row => new Document($"d{row}", string.Concat(Enumerable.Repeat("word ", row))))]);
        var bm25 = new Bm25(corpus);
        var query = new[] { new Query("q", "word") };
        Assert.Equal(Ids(bm25.Search(query, 50)).Take(7), Ids(bm25.Search(query, 7)));
        Assert.Equal(50, bm25.Search(query, int.MaxValue)["q"].Count);
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        using var corpus = Corpus(("a", "word"));
        Assert.Throws<CdeException>(() => new Bm25(corpus, new Bm25Options { B = 1.5 }));
        Assert.Throws<CdeException>(() => new Bm25(corpus, new Bm25Options { K1 = double.NaN }));
    }

    [Fact]
    public void Tuning_finds_the_best_point_of_the_grid_and_scores_it_as_a_search_does()
    {
        // The relevant document is the long one: only without length normalisation it comes first.
        using var corpus = Corpus(("long", "word word word " + string.Join(' ', Enumerable.Range(0, 60).Select(i => $"w{i}"))), ("short", "word"), ("other", "thing"));
        var task = new RetrievalTask("task", corpus, [new Query("q", "word")], new Qrels().Add("q", "long", 1));
        var measure = Measure.Parse("MRR@10");
        var tuning = Bm25Tuner.Tune([task], (run, qrels) => Evaluator.Evaluate(run, qrels, [measure])[measure], k1Grid: [1.2, 0.5], bGrid: [1, 0]);
        Assert.Equal((0.5, 0.0, 1.0), (tuning.Options.K1, tuning.Options.B, tuning.Score));
        Assert.Equal([1, 0.5, 1, 0.5], tuning.Grid.Select(point => point.Score));
        foreach (var (k1, b, score) in tuning.Grid)
        {
            var run = new Bm25(corpus, new Bm25Options { K1 = k1, B = b }).Search(task.Queries, 10);
            Assert.Equal(score, Evaluator.Evaluate(run, task.Qrels, [measure])[measure]);
        }
    }

    [Fact]
    public void Tuning_without_tasks_is_refused() => Assert.Throws<CdeException>(() => Bm25Tuner.Tune([], (_, _) => 0));

    private static MemoryCorpus Corpus(params (string Id, string Text)[] documents) =>
        new("test", [.. documents.Select(document => new Document(document.Id, document.Text))]);

    private static IEnumerable<string> Ids(RankedRun run) => run["q"].Select(document => document.DocumentId);
}
