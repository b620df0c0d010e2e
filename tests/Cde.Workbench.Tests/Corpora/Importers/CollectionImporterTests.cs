using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora.Importers;

public sealed class CollectionImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Cranfield_grades_larger_for_better_and_numbers_queries_by_place()
    {
        _folder.Write("c/cran.all.1400", ".I 1\n.T\na wing\n.A\nx\n.W\na wing\nin a slipstream .I 7 is no record\n.I 2\n.T\n\n.W\nflow\n");
        _folder.Write("c/cran.qry", ".I 001\n.W\nfirst\n.I 004\n.W\nsecond\n");
        _folder.Write("c/cranqrel", "1 1 1\n1 2 4\n2 2 -1\n");

        var collection = Read("c");

        Assert.Equal([("1", "a wing in a slipstream .I 7 is no record"), ("2", "flow")], collection.Documents.Select(document => (document.Id, document.FullText)));
        Assert.Equal([("1", "first"), ("2", "second")], collection.Queries.Select(query => (query.Id, query.Text)));
        Assert.Equal((4, 1, 1), (collection.Splits["test"]["1"]["1"], collection.Splits["test"]["1"]["2"], collection.Splits["test"]["2"]["2"]));
    }

    [Fact]
    public void A_code_that_is_no_grade_names_file_and_line()
    {
        _folder.Write("c/cran.all.1400", ".I 1\n.W\nx\n");
        _folder.Write("c/cran.qry", ".I 1\n.W\nx\n");
        var path = _folder.Write("c/cranqrel", "1 1 1\n1 1 9\n");

        Assert.StartsWith($"{path} line 2: expected a query, a document and a code", Assert.Throws<CdeException>(() => Read("c")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cacm_takes_the_first_paragraph_as_title_and_pads_judged_ids()
    {
        Directory.CreateDirectory(_folder["a"]);
        Tar(_folder["a", "cacm.tar.gz"], ("CACM-0007.html", "<html>\n<pre>\n\nA Title\nof two lines\n\nThe &abstract.\n\nCACM May, 1958\n\n1\t5\t7\n1\t5\t7\n\n</pre></html>"));
        _folder.Write("a/topics.cacm.txt", "<DOC>\n<DOCNO> 1 </DOCNO>\n what\nis it\n</DOC>\n");
        _folder.Write("a/qrels.cacm.txt", "1 Q0 CACM-7 1\n");

        var collection = Read("a");

        Assert.Equal(new Document("CACM-0007", "The &abstract. CACM May, 1958", "A Title of two lines"), collection.Documents.Single());
        Assert.Equal(new Query("1", "what is it"), collection.Queries.Single());
        Assert.Equal(["CACM-0007"], collection.Splits["test"]["1"].Keys);
    }

    [Fact]
    public void Medquad_names_the_disease_where_the_question_does_not()
    {
        const string Page = "<Document id=\"3\"><Focus>Gout</Focus><QAPairs><QAPair pid=\"1\"><Question>What is gout ?</Question><Answer>A\n disease.</Answer></QAPair>"
            + "<QAPair pid=\"2\"><Question>What are the symptoms ?</Question><Answer>Pain.</Answer></QAPair><QAPair pid=\"3\"><Question>Removed ?</Question><Answer></Answer></QAPair></QAPairs></Document>";
        Directory.CreateDirectory(_folder["m"]);
        Tar(_folder["m", "MedQuAD.tar.gz"], ("5_NIDDK_QA/1.xml", Page), ("readme.txt", "x"));

        var collection = Read("m");

        Assert.Equal("medquad-NIDDK", collection.Name);
        Assert.Equal(["What is gout ?", "Gout: What are the symptoms ?"], collection.Queries.Select(query => query.Text));
        Assert.Equal(["A disease.", "Pain."], collection.Documents.Select(document => document.Text));
    }

    [Fact]
    public void A_damaged_archive_is_told_by_name()
    {
        var path = _folder.Write("m/MedQuAD.tar.gz", "no archive");

        Assert.StartsWith($"{path} is damaged", Assert.Throws<CdeException>(() => Read("m")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_that_lacks_a_file_is_refused()
    {
        _folder.Write("v/doc-text.trec", "<DOC>\n<DOCNO>1</DOCNO>\ntext\n</DOC>\n");

        Assert.EndsWith("has no query-text.trec; the collection is not whole", Assert.Throws<CdeException>(() => Read("v")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_other_fields_is_refused_by_name()
    {
        var path = _folder.Write("p/ori_pqal.json", """{"1": {"QUESTION": "q"}}""");

        Assert.StartsWith($"{path} is not laid out as its collection is", Assert.Throws<CdeException>(() => Read("p")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_folder_of_something_else_is_none()
    {
        _folder.Write("other/readme.txt", "x");

        Assert.Null(CollectionImporters.Of(_folder["other"]));
        Assert.Null(CollectionImporters.Of(_folder["absent"]));
    }

    [Fact]
    public void Examples_of_a_collection_are_of_its_training_split()
    {
        var collection = new ImportedCollection(
            "c", [new("a", "text a", "title a"), new("b", "text b")], [new("1", "one"), new("2", "two")],
            new Dictionary<string, Qrels> { ["train"] = new Qrels().Add("1", "a", 1).Add("1", "b", 0), ["test"] = new Qrels().Add("2", "b", 1) });

        Assert.Equal(["one > title a text a", "title a > text a"], collection.Examples(withTitles: true).Select(example => $"{example.Query} > {string.Join('|', example.Positives)}"));
        Assert.Equal(["two"], (collection with { Splits = new Dictionary<string, Qrels> { ["test"] = collection.Splits["test"] } }).Examples(withTitles: false).Select(example => example.Query));
    }

    [Fact]
    public void Examples_written_and_read_are_the_same()
    {
        TrainingExample[] examples =
        [
            new("q", ["a", "b"], ["n"], "x") { PositiveScores = [1, 0.5], NegativeScores = [0.25], QueryInstruction = "Find: ", Type = "normal" }, new("r \"<é>", ["c"], [], "x"),
        ];

        Assert.Equal(2, CollectionFolder.WriteExamples(_folder["x.jsonl"], examples));
        var read = TrainingFile.Read(_folder["x.jsonl"]).Examples;

        Assert.Equal(examples.Select(Text), read.Select(Text));
        Assert.Contains("r \\\"<é>", File.ReadAllText(_folder["x.jsonl"]), StringComparison.Ordinal);

        static string Text(TrainingExample example) =>
            $"{example.Query}|{string.Join(',', example.Positives)}|{string.Join(',', example.Negatives)}|{example.Domain}|{string.Join(',', example.PositiveScores ?? [])}|{string.Join(',', example.NegativeScores ?? [])}|{example.QueryInstruction}|{example.Type}";
    }

    [Fact]
    public void Scored_pairs_and_points_are_written_in_their_forms_and_not_together()
    {
        TrainingExample pair = new("a", ["b"], []) { Score = 2.5 }, point = new("c", [], []) { Label = "k" };

        CollectionFolder.WriteExamples(_folder["s.jsonl"], [pair]);
        CollectionFolder.WriteExamples(_folder["p.jsonl"], [point]);

        Assert.Equal(("scored-pair", 2.5), (TrainingFile.Read(_folder["s.jsonl"]).Form.Name, TrainingFile.Read(_folder["s.jsonl"]).Examples[0].Score));
        Assert.Equal(("point", "k"), (TrainingFile.Read(_folder["p.jsonl"]).Form.Name, TrainingFile.Read(_folder["p.jsonl"]).Examples[0].Label));
        Assert.Contains("a file has one kind", Assert.Throws<CdeException>(() => CollectionFolder.WriteExamples(_folder["b.jsonl"], [pair, point])).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["b.jsonl"]));
    }

    public void Dispose() => _folder.Dispose();

    private ImportedCollection Read(string name) => Assert.Single(CollectionImporters.Of(_folder[name])!.Read(_folder[name]));

    private static void Tar(string path, params (string Name, string Content)[] files)
    {
        using var file = File.Create(path);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(packed);
        foreach (var (name, content) in files)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
    }
}
