using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public sealed class BeirFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BeirFolderTests()
    {
        _folder.Write("tiny/corpus.jsonl", "{\"_id\":\"a\",\"text\":\"one\"}\n{\"_id\":\"b\",\"text\":\"two\"}\n");
        _folder.Write("tiny/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"first\"}\n{\"_id\":\"q2\",\"text\":\"second\"}\n");
        _folder.Write("tiny/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq2\ta\t1\nq2\tgone\t1\n");
        _folder.Write("tiny/qrels/train.tsv", "query-id\tcorpus-id\tscore\nq1\tb\t1\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Task_has_the_judged_queries_of_the_split()
    {
        var task = BeirFolder.Open(_folder["tiny"]);
        Assert.Equal("tiny", task.Name);
        Assert.Equal(["q2"], task.Queries.Select(query => query.Id));
        Assert.Equal(2, task.Corpus.Count);
        task.Corpus.Dispose();
        var train = BeirFolder.Open(_folder["tiny"], split: "train");
        Assert.Equal(["q1"], train.Queries.Select(query => query.Id));
        train.Corpus.Dispose();
        Assert.Equal(["test", "train"], BeirFolder.Splits(_folder["tiny"]));
    }

    [Fact]
    public void Unknown_split_offers_the_nearest() =>
        Assert.EndsWith("has no split tets; did you mean test?", Assert.Throws<CdeException>(() => BeirFolder.Open(_folder["tiny"], split: "tets")).Message);

    [Fact]
    public void Files_that_do_not_belong_together_are_told()
    {
        _folder.Write("tiny/qrels/test.tsv", "q9\ta\t1\n");
        Assert.Contains("judges query \"q9\", which", Assert.Throws<CdeException>(() => BeirFolder.Open(_folder["tiny"])).Message);
        _folder.Write("tiny/qrels/test.tsv", "q1\tz\t1\n");
        Assert.Contains("judges no document of", Assert.Throws<CdeException>(() => BeirFolder.Open(_folder["tiny"])).Message);
    }

    [Theory]
    [InlineData("queries.jsonl", "{\"_id\":\"q2\",\"text\":\"x\"}\n{\"_id\":\"q2\",\"text\":\"y\"}\n", "lines 1 and 2: the same id \"q2\"")]
    [InlineData("queries.jsonl", "{\"_id\":\"q2\",\"text\":\" \"}\n", "line 1: field \"text\" is empty (id \"q2\")")]
    [InlineData("queries.jsonl", "{\"_id\":\"q2\"}\n", "line 1: field \"text\" is missing")]
    [InlineData("queries.jsonl", "\n", "has no queries")]
    public void Bad_query_is_told_by_file_line_and_field(string file, string text, string expected)
    {
        var path = _folder.Write($"tiny/{file}", text);
        Assert.StartsWith($"{path} {expected}", Assert.Throws<CdeException>(() => BeirFolder.Open(_folder["tiny"])).Message);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        Directory.Delete(_folder["tiny", "qrels"], recursive: true);
        Assert.Contains("has no judgements; expected qrels/<split>.tsv", Assert.Throws<CdeException>(() => BeirFolder.Open(_folder["tiny"])).Message);
        _folder.Write("tiny/qrels.tsv", "q1\ta\t1\n");
        File.Delete(_folder["tiny", "queries.jsonl"]);
        Assert.Contains("queries.jsonl does not exist", Assert.Throws<CdeException>(() => BeirFolder.Open(_folder["tiny"])).Message);
    }

    [Fact]
    public void Limit_small_opens_with_its_published_sizes_from_a_folder_that_cannot_be_written()
    {
        var task = BeirFolder.Open(TestFolders.Data("limit", "limit-small"));
        Assert.Equal((46, 1000, 2000), (task.Corpus.Count, task.Queries.Count, task.Qrels.Count));
        Assert.All(task.Queries, query => Assert.All(task.Qrels[query.Id].Keys, id => Assert.NotEqual(-1, task.Corpus.IndexOf(id))));
        task.Corpus.Dispose();
    }

    [Fact]
    public void Scifact_topics_read_as_queries_of_tabs()
    {
        using var zipped = new System.IO.Compression.GZipStream(
            File.OpenRead(TestFolders.Data("scifact", "topics.beir-v1.0.0-scifact.test.tsv.gz")), System.IO.Compression.CompressionMode.Decompress);
        using (var plain = File.Create(_folder["topics.tsv"]))
            zipped.CopyTo(plain);
        var queries = QueriesFile.Read(_folder["topics.tsv"]);
        var qrels = QrelsFile.Read(TestFolders.Data("scifact", "qrels.beir-v1.0.0-scifact.test.txt"));
        Assert.Equal(300, queries.Count);
        Assert.Equal(queries.Select(query => query.Id).Order(), qrels.QueryIds.Order());
    }
}
