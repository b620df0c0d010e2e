using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public sealed class QrelsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("q.txt", "1 0 d1 2\n# comment\n1\tQ0\td2\t-1\n\n2 0 d1 0\n")]
    [InlineData("q.tsv", "query-id\tcorpus-id\tscore\r\n1\td1\t2\r\n1\td2\t-1\r\n2\td1\t0\r\n")]
    [InlineData("q.jsonl", "{\"query-id\":\"1\",\"corpus-id\":\"d1\",\"score\":2}\n{\"query-id\":1,\"corpus-id\":\"d2\",\"score\":-1}\n{\"query-id\":\"2\",\"corpus-id\":\"d1\",\"score\":0}\n")]
    public void Every_form_gives_the_same_judgements(string name, string text)
    {
        var qrels = QrelsFile.Read(_folder.Write(name, text));
        Assert.Equal(["1", "2"], qrels.QueryIds);
        Assert.Equal(3, qrels.Count);
        Assert.Equal([2, -1, 0], new[] { qrels["1"]["d1"], qrels["1"]["d2"], qrels["2"]["d1"] });
    }

    [Fact]
    public void Ids_with_spaces_are_read_where_tabs_separate() =>
        Assert.Equal(1, QrelsFile.Read(_folder.Write("q.tsv", "a b\tc d\t1\n"))["a b"]["c d"]);

    [Theory]
    [InlineData("q.tsv", "query-id\tcorpus-id\nq 1\td1\n")]
    [InlineData("q.jsonl", "{\"query-id\":\"q 1\",\"corpus-id\":\"d1\"}\n")]
    public void Without_grades_what_is_listed_is_relevant(string name, string text) =>
        Assert.Equal(1, QrelsFile.Read(_folder.Write(name, text))["q 1"]["d1"]);

    [Theory]
    [InlineData("q.txt", "1 0 d1\n1 0\n", "line 1: grade \"d1\"")]
    [InlineData("q.tsv", "query-id\tcorpus-id\n1\td1\t2\n", "line 2: 3 columns; expected 2")]
    [InlineData("q.txt", "1 0 d1 1\n1 0\n", "line 2: 2 columns; expected 3")]
    [InlineData("q.txt", "1 0 d1 1 x\n", "line 1: 5 columns")]
    [InlineData("q.txt", "1 0 d1 1.5\n", "line 1: grade \"1.5\" is not a whole number")]
    [InlineData("q.txt", "1 0 d1 99999999999\n", "line 1: grade \"99999999999\"")]
    [InlineData("q.txt", "1 0 d1 1\n1 0 d1 2\n", "line 2: document d1 is judged 1 and 2 for query 1")]
    [InlineData("q.tsv", "1\t\t1\n", "line 1: the document id is empty")]
    [InlineData("q.jsonl", "{\"query-id\":\"1\",\"score\":2}\n", "line 1: field \"corpus-id\" is missing")]
    [InlineData("q.jsonl", "{\"query-id\n", "line 1: not valid JSON")]
    [InlineData("q.txt", "# nothing\n", "has no judgements")]
    public void Bad_line_is_told_by_file_line_and_rule(string name, string text, string expected)
    {
        var path = _folder.Write(name, text);
        var failure = Assert.Throws<CdeException>(() => QrelsFile.Read(path));
        Assert.StartsWith($"{path} {expected}", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Written_judgements_read_back_and_an_id_with_space_is_refused()
    {
        var path = _folder["out.txt"];
        QrelsFile.WriteTrec(path, new Qrels().Add("1", "a", 2).Add("2", "b", -1));
        Assert.Equal("1 0 a 2\n2 0 b -1\n", File.ReadAllText(path));
        var failure = Assert.Throws<CdeException>(() => QrelsFile.WriteTrec(path, new Qrels().Add("1", "a b", 1)));
        Assert.Contains("the id \"a b\" is empty or has white space", failure.Message);
        Assert.Equal("1 0 a 2\n2 0 b -1\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(new[] { "cacm", "qrels.cacm.txt" }, 52, 796)]
    [InlineData(new[] { "vaswani", "qrels" }, 93, 2083)]
    [InlineData(new[] { "limit", "limit-small", "qrels.jsonl" }, 1000, 2000)]
    [InlineData(new[] { "trec_eval_test", "qrels.test" }, 3, 3681)]
    [InlineData(new[] { "trec_eval_test", "qrels.test.with-comments" }, 3, 3681)]
    public void Real_file_has_the_published_number_of_judgements(string[] path, int queries, int judgements)
    {
        var qrels = QrelsFile.Read(TestFolders.Data(path));
        Assert.Equal(queries, qrels.QueryIds.Count);
        Assert.Equal(judgements, qrels.Count);
    }

    [Fact]
    public void Cranfield_judgements_match_its_queries() =>
        Assert.Equal(225, QrelsFile.Read(TestFolders.Data("cranfield", "trec", "cranqrel.trec.txt")).QueryIds.Count);
}
