using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora.TrainingForms;

public sealed class TrainingContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_has_a_domain_a_file_with_the_instructions_of_the_table()
    {
        _folder.Write("data/nq.jsonl", """{"query":"who","pos":["her"],"neg":["him"]}""" + "\n" + """{"query":"what","pos":["that"],"prompt":"Own: "}""");
        _folder.Write("data/sts.csv", "a,b,1.5\n");
        _folder.Write("data/instructions.json", """{"nq": {"query": "Ask: "}, "*": {"document": "Say: "}}""");

        using var dataset = DatasetCatalog.Open(_folder["data"]);

        Assert.Equal(DatasetForm.Training, dataset.Card.Form);
        Assert.Equal(["nq", "sts"], dataset.Domains);
        Assert.Equal(["Ask: who", "Own: what"], dataset.TrainingExamples("nq").Select(example => example.InstructedQuery));
        Assert.Equal("Say: b", dataset.TrainingExamples("sts").Select(example => example.InstructedDocument(example.Positives[0])).Single());
        Assert.Equal(3, dataset.TrainingExamples().Count);
    }

    [Fact]
    public void The_task_of_training_data_finds_the_positives_among_all_texts()
    {
        var path = _folder.Write("a.jsonl", """{"query":"q","pos":["x"],"neg":["y"]}""" + "\n" + """{"query":"r","pos":["y","z"]}""" + "\n" + """{"query":"q","pos":["z"]}""");

        using var dataset = DatasetCatalog.Open(path);
        var task = dataset.Task();

        Assert.Equal(["x", "y", "z"], Enumerable.Range(0, task.Corpus.Count).Select(row => task.Corpus[row].Text));
        Assert.Equal(["q", "r"], task.Queries.Select(query => query.Text));
        Assert.Equal(["d0", "d2"], task.Qrels["q0"].Keys);
        Assert.Equal(["d1", "d2"], task.Qrels["q1"].Keys);
    }

    [Fact]
    public void The_hash_is_of_the_content()
    {
        string Hash(string text)
        {
            using var dataset = DatasetCatalog.Open(_folder.Write("same.jsonl", text));
            return dataset.Hash;
        }

        const string Text = """{"query":"q","pos":["x"],"neg":["y"]}""";
        Assert.Equal(Hash(Text), Hash(Text + "\n\n"));
        Assert.NotEqual(Hash(Text), Hash(Text.Replace("neg", "pos_scores", StringComparison.Ordinal).Replace("[\"y\"]", "[1]", StringComparison.Ordinal)));
        Assert.NotEqual(Hash(Text), Hash(Text.Replace("\"x\"],\"neg\":[", "\"x\",", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_table_of_instructions_with_unknown_fields_is_refused()
    {
        var path = _folder.Write("instructions.json", """{"nq": {"questions": "Ask: "}}""");

        Assert.StartsWith($"{path} is not a table of instructions", Assert.Throws<CdeException>(() => InstructionTable.Read(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
