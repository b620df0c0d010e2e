using System.Text;
using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public sealed class JsonlCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Corpus_reads_documents_by_position_and_id()
    {
        using var corpus = Open("""
            {"_id": "a", "title": "First", "text": "one \u00e9\n"}

            {"metadata": {"x": [1, {"text": "no"}]}, "text": "two", "_id": "b", "title": null}
            {"id": 17, "contents": "three"}
            """);
        Assert.Equal([new("a", "one é\n", "First"), new("b", "two"), new Document("17", "three")], corpus);
        Assert.Equal(["a", "b", "17"], Enumerable.Range(0, 3).Select(corpus.GetId));
        Assert.Equal([0, 1, 2, -1], new[] { "a", "b", "17", "c" }.Select(corpus.IndexOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => corpus[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => corpus[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => corpus.GetId(3));
    }

    [Fact]
    public void Hash_is_that_of_the_same_documents_in_memory()
    {
        using var corpus = Open("{\"_id\":\"a\",\"text\":\"one\",\"title\":\"\"}\n{\"_id\":\"b\",\"text\":\"two\"}\n");
        Assert.Equal(new MemoryCorpus("other", [new("a", "one"), new("b", "two")]).Hash, corpus.Hash);
    }

    [Theory]
    [InlineData("\uFEFF{\"_id\":\"a\",\"text\":\"one\"}\r\n{\"_id\":\"b\",\"text\":\"two\"}\r\n")]
    [InlineData("{\"_id\":\"a\",\"text\":\"one\"}\n{\"_id\":\"b\",\"text\":\"two\"}")]
    [InlineData("\n\n{\"_id\":\"a\",\"text\":\"one\"}\n \t\r\n{\"_id\":\"b\",\"text\":\"two\"}\n\n")]
    public void Byte_order_mark_line_ends_and_blank_lines_do_not_matter(string text)
    {
        using var corpus = Open(text);
        Assert.Equal([new("a", "one"), new Document("b", "two")], corpus);
    }

    [Theory]
    [InlineData("{\"_id\":\"b\"}", "line 2: field \"text\" is missing (expected a text)")]
    [InlineData("{\"text\":\"x\"}", "line 2: field \"_id\" is missing (expected a text)")]
    [InlineData("{\"_id\":\"\",\"text\":\"x\"}", "line 2: field \"_id\" is empty")]
    [InlineData("{\"_id\":[1],\"text\":\"x\"}", "line 2: field \"_id\" is a list")]
    [InlineData("{\"_id\":1.5,\"text\":\"x\"}", "line 2: field \"_id\" is a number")]
    [InlineData("{\"_id\":\"b\",\"text\":7}", "line 2: field \"text\" is a number (expected a text)")]
    [InlineData("{\"_id\":\"b\",\"text\":\"x\",\"title\":{}}", "line 2: field \"title\" is an object (expected a text)")]
    [InlineData("{\"_id\":\"b\",\"text\":\"x\"", "line 2: not valid JSON")]
    [InlineData("{\"_id\":\"b\",\"text\":\"x\"} {}", "line 2: not valid JSON")]
    [InlineData("[1]", "line 2: not a JSON object")]
    [InlineData("plain", "line 2: not valid JSON")]
    [InlineData("{\"_id\":\"b\",\"text\":\" \",\"title\":\"\"}", "line 2: field \"text\" is empty (id \"b\")")]
    [InlineData("{\"_id\":\"a\",\"text\":\"x\"}", "lines 1 and 2: the same id \"a\"; ids must be unique")]
    public void Bad_line_is_told_by_file_line_and_field(string line, string expected)
    {
        var path = _folder.Write("bad.jsonl", "{\"_id\":\"a\",\"text\":\"one\"}\n" + line + "\n");
        var failure = Assert.Throws<CdeException>(() => JsonlCorpus.Open(path));
        Assert.StartsWith($"{path} {expected}", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_told_by_line()
    {
        var path = _folder["latin.jsonl"];
        File.WriteAllBytes(path, [.. "{\"_id\":\"a\",\"text\":\"caf"u8, 0xE9, .. "\"}\n"u8]);
        Assert.StartsWith($"{path} line 1: not valid JSON", Assert.Throws<CdeException>(() => JsonlCorpus.Open(path)).Message);
    }

    [Fact]
    public void Utf16_file_is_refused_with_the_way_out()
    {
        var path = _folder["wide.jsonl"];
        File.WriteAllText(path, "{\"_id\":\"a\",\"text\":\"x\"}", Encoding.Unicode);
        Assert.Equal($"{path} is UTF-16; convert it to UTF-8 first", Assert.Throws<CdeException>(() => JsonlCorpus.Open(path)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void File_without_documents_is_refused(string text)
    {
        var path = _folder.Write("empty.jsonl", text);
        Assert.Equal($"{path} has no documents", Assert.Throws<CdeException>(() => JsonlCorpus.Open(path)).Message);
    }

    [Fact]
    public void Empty_documents_are_left_out_where_that_is_asked_for()
    {
        var path = _folder.Write("c.jsonl", "{\"_id\":\"a\",\"text\":\"\"}\n{\"_id\":\"b\",\"text\":\"two\"}\n{\"_id\":\"c\",\"text\":\"\",\"title\":\"t\"}\n");
        using var corpus = JsonlCorpus.Open(path, emptyTexts: EmptyTexts.Skip);
        Assert.Equal(["b", "c"], corpus.Select(document => document.Id));
        Assert.Equal(-1, corpus.IndexOf("a"));
        Assert.Throws<CdeException>(() => JsonlCorpus.Open(path));
    }

    [Fact]
    public void Index_is_kept_beside_the_file_and_made_again_when_the_file_changes()
    {
        var path = _folder.Write("c.jsonl", "{\"_id\":\"a\",\"text\":\"one\"}\n");
        string hash;
        using (var corpus = JsonlCorpus.Open(path))
            hash = corpus.Hash;
        var index = path + ".index";
        var written = File.ReadAllBytes(index);
        using (var corpus = JsonlCorpus.Open(path))
            Assert.Equal(hash, corpus.Hash);

        File.WriteAllBytes(index, written[..^1]);
        using (var corpus = JsonlCorpus.Open(path))
            Assert.Equal(["a"], corpus.Select(document => document.Id));
        Assert.Equal(written, File.ReadAllBytes(index));

        var time = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, "{\"_id\":\"b\",\"text\":\"one\"}\n"); // the same size
        File.SetLastWriteTimeUtc(path, time); // and time
        using (var corpus = JsonlCorpus.Open(path))
            Assert.Equal(["b"], corpus.Select(document => document.Id));
    }

    [Fact]
    public void Many_documents_are_found_by_id_and_the_index_is_20_bytes_each()
    {
        const int Count = 20_000;
        var path = _folder["many.jsonl"];
        File.WriteAllLines(path, Enumerable.Range(0, Count).Select(n => $$"""{"_id":"d{{n}}","text":"text of {{n}}"}"""));
        using var corpus = JsonlCorpus.Open(path);
        Assert.Equal(Count, corpus.Count);
        for (var n = 0; n < Count; n += 37)
        {
            Assert.Equal(n, corpus.IndexOf($"d{n}"));
            Assert.Equal($"text of {n}", corpus[n].Text);
        }

        Assert.Equal(-1, corpus.IndexOf($"d{Count}"));
        Assert.Equal(136 + (20 * Count), new FileInfo(path + ".index").Length);
    }

    [Fact]
    public void Cancelled_opening_leaves_no_index()
    {
        var path = _folder["many.jsonl"];
        File.WriteAllLines(path, Enumerable.Range(0, 10_001).Select(n => $$"""{"_id":"d{{n}}","text":"x"}"""));
        Assert.Throws<OperationCanceledException>(() => JsonlCorpus.Open(path, ct: new CancellationToken(canceled: true)));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    private JsonlCorpus Open(string text) => JsonlCorpus.Open(_folder.Write("corpus.jsonl", text));
}
