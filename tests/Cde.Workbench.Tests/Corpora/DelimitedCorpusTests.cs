using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public sealed class DelimitedCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("c.csv", "id,title,text\r\na,First,\"one, \"\"two\"\"\"\r\nb,,three\r\n")]
    [InlineData("c.csv", "\uFEFFtitle,_id,text,year\nFirst,a,\"one, \"\"two\"\"\",1999\n\n,b,three,")]
    [InlineData("c.tsv", "id\ttitle\ttext\na\tFirst\tone, \"two\"\nb\t\tthree\n")]
    [InlineData("c.tsv", "a\tFirst\tone, \"two\"\nb\t\tthree")]
    public void Columns_are_found_by_name_or_place(string name, string text) =>
        Assert.Equal(
            [new("a", "one, \"two\"", "First"), new Document("b", "three", "")],
            DelimitedCorpus.Read(_folder.Write(name, text)));

    [Fact]
    public void Quoted_field_may_hold_line_ends_and_lines_are_counted_through_it()
    {
        var corpus = DelimitedCorpus.Read(_folder.Write("c.csv", "id,text\na,\"one\r\ntwo\n\nthree\"\nb,four\n"));
        Assert.Equal("one\ntwo\n\nthree", corpus[0].Text);
        var path = _folder.Write("d.csv", "id,text\na,\"one\ntwo\"\nb,\n");
        Assert.StartsWith($"{path} line 4: field \"text\" is empty (id \"b\")", Assert.Throws<CdeException>(() => DelimitedCorpus.Read(path)).Message);
    }

    [Fact]
    public void Documents_without_ids_are_named_by_their_lines() =>
        Assert.Equal(["2", "3"], DelimitedCorpus.Read(_folder.Write("c.csv", "text,category\nhow,x\nwhy,y\n")).Select(document => document.Id));

    [Theory]
    [InlineData("c.csv", "id,body\na,b\n", "line 1: no column \"text\" in the header (id, body)")]
    [InlineData("c.csv", "id,text\na,b,c\n", "line 2: 3 columns, expected 2")]
    [InlineData("c.csv", "id,text\na,\"b\n\nc\n", "line 2: a quoted field is never closed")]
    [InlineData("c.csv", "id,text\na,\"b\"c\n", "line 2: text after the closing quote of field 2")]
    [InlineData("c.csv", "id,text\n,b\n", "line 2: the id is empty")]
    [InlineData("c.csv", "id,text\na,b\nc,d\na,e\n", "lines 2 and 4: the same id \"a\"")]
    [InlineData("c.csv", "id,text\n", "has no documents")]
    [InlineData("c.csv", "", "has no documents")]
    [InlineData("c.tsv", "a\n", "line 1: 1 columns; expected id and text")]
    [InlineData("c.tsv", "a\tb\nc\n", "line 2: 1 columns, expected 2")]
    public void Bad_row_is_told_by_file_line_and_rule(string name, string text, string expected)
    {
        var path = _folder.Write(name, text);
        Assert.StartsWith($"{path} {expected}", Assert.Throws<CdeException>(() => DelimitedCorpus.Read(path)).Message);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_told()
    {
        var path = _folder["latin.csv"];
        File.WriteAllBytes(path, [.. "id,text\na,caf"u8, 0xE9, .. "\n"u8]);
        Assert.Contains("is not UTF-8 (found at or after line", Assert.Throws<CdeException>(() => DelimitedCorpus.Read(path)).Message);
    }

    [Theory]
    [InlineData("train.csv", 10_003)]
    [InlineData("test.csv", 3_080)]
    public void Banking77_has_its_published_number_of_rows(string file, int rows) =>
        Assert.Equal(rows, DelimitedCorpus.Read(TestFolders.Data("banking77", file)).Count);
}
