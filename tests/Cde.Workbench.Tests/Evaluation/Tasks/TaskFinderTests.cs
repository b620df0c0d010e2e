using Cde.Testing;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class TaskFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, TaskKind> Files => new()
    {
        { "a.csv", "one sentence,\"another, quoted\",2.5\nmore,text,0\n", TaskKind.Sts },
        { "b.data", "一句话\t另一句\t3\n又\t一\t0\n", TaskKind.Sts },
        { "c.tsv", "score\tsentence1\tsentence2\n1.5\tone\ttwo\n", TaskKind.Sts },
        { "d.jsonl", "{\"sentence1\":\"a\",\"sentence2\":\"b\",\"label\":1}\n", TaskKind.PairClassification },
        { "e.jsonl", "{\"sent1\":[\"a\",\"b\"],\"sent2\":[\"c\",\"d\"],\"labels\":[0,1]}\n", TaskKind.PairClassification },
        { "f.jsonl", "{\"query\":[\"a\",\"b\"],\"positive\":[\"c\"],\"negative\":[\"d\",\"e\"]}\n", TaskKind.Reranking },
        { "g.jsonl", "{\"query\":\"a\",\"pos\":[\"c\"],\"neg\":[\"d\"]}\n", TaskKind.Reranking },
        { "h.jsonl", "{\"sentences\":[\"a\",\"b\"],\"labels\":[\"x\",\"y\"]}\n", TaskKind.Clustering },
        { "i.csv", "text,category\na,x\nb,y\n", TaskKind.Clustering },
        { "j.jsonl", "{\"text\":\"t\",\"human_summaries\":[\"a\"],\"machine_summaries\":[\"b\",\"c\"],\"relevance\":[1.5,2]}\n", TaskKind.Summarisation },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_files_fields_say_its_kind(string name, string content, TaskKind kind)
    {
        var found = Assert.Single(TaskFinder.Find(_folder.Write(name, content)));
        using var task = found.Open();
        Assert.Equal(kind, task.Info.Kind);
        Assert.NotEmpty(task.ContextCorpus);
    }

    [Fact]
    public void A_path_that_does_not_exist_offers_what_may_be_meant()
    {
        _folder.Write("intents.csv", "text,label\na,x\n");
        string Refused(string name) => Assert.Throws<CdeException>(() => TaskFinder.Find(Path.Combine(_folder.Path, name))).Message;
        Assert.EndsWith($"did you mean {Path.Combine(_folder.Path, "intents.csv")}?", Refused("intent.csv"), StringComparison.Ordinal);
        Assert.Contains("is read from the file stsb", Refused("STSBenchmark"), StringComparison.Ordinal);
        Assert.Contains("did you mean STSBenchmark", Refused("STSBenchmarc"), StringComparison.Ordinal);
        Assert.Contains("tasks known: ", Refused("zzz"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "one,two,3\nthree,four\n", "line 2: 2 columns; expected 3")]
    [InlineData("a.csv", "one,two,3\nthree,four,NaN\n", "line 2: field \"score\" is \"NaN\" (expected a finite number)")]
    [InlineData("a.csv", "one,two,3\n,four,1\n", "line 2: field \"sentence1\" is not one text")]
    [InlineData("a.csv", "a,b,c,d\n", "line 1: 4 columns without a header line")]
    [InlineData("a.jsonl", "{\"sentence1\":\"a\",\"sentence2\":\"b\",\"label\":1}\n{\"sentence1\":\"a\",\"label\":1}\n", "line 2: field \"sentence2\" is missing")]
    [InlineData("a.jsonl", "{\"sentence1\":\"a\",\"sentence2\":\"b\",\"label\":2}\n", "line 1: label 2 is neither 0 nor 1")]
    [InlineData("a.jsonl", "{\"sentences\":[\"a\"],\"labels\":[\"x\",\"y\"]}\n", "line 1: 1 texts and 2 labels")]
    [InlineData("a.jsonl", "{\"sentence1\":\n", "line 1: not valid JSON")]
    [InlineData("a.jsonl", "[1]\n", "line 1: a record is a JSON object")]
    [InlineData("a.jsonl", "{\"poem\":\"a\"}\n", "line 1: the fields poem are of no kind of task")]
    [InlineData("a.jsonl", "\n", "has no records")]
    [InlineData("a.parquet", "x", "a task's file ends in .jsonl")]
    public void What_breaks_a_form_is_refused_by_file_and_line(string name, string content, string expected)
    {
        var path = _folder.Write(name, content);
        var message = Assert.Throws<CdeException>(() => TaskFinder.Find(path).Select(found => found.Open()).ToList()).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_of_folders_are_looked_through()
    {
        _folder.Write("intents/train.csv", "text,label\na,x\nb,y\n");
        _folder.Write("intents/test.csv", "text,label\nc,x\n");
        _folder.Write("nano/NanoSciFact/corpus.jsonl", "{\"_id\":\"d1\",\"text\":\"one\"}\n{\"_id\":\"d2\",\"text\":\"two\"}\n");
        _folder.Write("nano/NanoSciFact/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"one?\"}\n");
        _folder.Write("nano/NanoSciFact/qrels.jsonl", "{\"query-id\":\"q1\",\"corpus-id\":\"d1\"}\n");
        _folder.Write("stsb/stsb-en-test.csv", "a,b,1\nc,d,2\n");

        var found = TaskFinder.Find(_folder.Path);

        Assert.Equal(["intents Classification", "NanoSciFact Retrieval", "stsb-en Sts"], found.Select(task => $"{task.Info.Name} {task.Info.Kind}"));
        Assert.Equal([null, "NanoSciFactRetrieval", "STSBenchmark"], found.Select(task => task.Info.PublishedName));
        foreach (var one in found)
            one.Open().Dispose();
        Assert.Equal(["stsb-en"], TaskFinder.Find(_folder.Path, TaskKind.Sts).Select(task => task.Info.Name));
    }

    [Fact]
    public void Folders_beside_a_tasks_file_are_looked_through_and_those_of_a_collection_are_not()
    {
        _folder.Write("pairs.csv", "one sentence,another,2.5\nmore,text,0\n");
        _folder.Write("more/other.csv", "one sentence,another,2.5\nmore,text,0\n");
        _folder.Write("beir/corpus.jsonl", "{\"_id\":\"d1\",\"text\":\"one\"}\n");
        _folder.Write("beir/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"one?\"}\n");
        _folder.Write("beir/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n");
        _folder.Write("beir/extra/pairs.csv", "one sentence,another,2.5\nmore,text,0\n");

        Assert.Equal(["pairs Sts", "beir Retrieval", "other Sts"], TaskFinder.Find(_folder.Path).Select(task => $"{task.Info.Name} {task.Info.Kind}"));
    }

    [Fact]
    public void Nothing_is_told_with_what_is_expected()
    {
        _folder.Write("empty/readme.md", "x");
        Assert.Contains("holds no task", Assert.Throws<CdeException>(() => TaskFinder.Find(_folder["empty"])).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<CdeException>(() => TaskFinder.Find(_folder["nowhere"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_collections_are_known_where_they_lie()
    {
        Assert.Equal(11, PublishedScores.Of(Assert.Single(TaskFinder.Find(TestFolders.Data("stsb", "stsb-en-test.csv"))).Info).Count);
        using var banking = TaskFinder.Find(TestFolders.Data("banking77"), TaskKind.Classification).Single().Open();
        Assert.Equal((10_003, 3_080), (((ClassificationTask)banking).Train.Count, ((ClassificationTask)banking).Test.Count));
        Assert.Equal(77, ((ClassificationTask)banking).Test.Select(item => item.Label).Distinct().Count());
        using var chinese = TaskFinder.Find(TestFolders.Data("stsb_zh_shibing624")).Single().Open();
        Assert.Equal(("STSB", 1361), (chinese.Info.PublishedName, ((StsTask)chinese).Pairs.Count));
    }

    public void Dispose() => _folder.Dispose();
}
