using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora.TrainingForms;

public sealed class TrainingFormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Workbench.Corpora.TrainingForms.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_of_a_form_is_told_to_be_of_it(string name)
    {
        var content = TrainingFile.Read(_folder.Write("a.jsonl", Workbench.Corpora.TrainingForms.Get(name).Example));

        Assert.Equal(name, content.Form.Name);
        Assert.Single(content.Examples);
    }

    [Theory]
    [InlineData("""{"text":"a","label":7}""", "point", "a", "", "")]
    [InlineData("""["a","b"]""", "pair", "a", "b", "")]
    [InlineData("""{"question":"a","answer":"b"}""", "pair", "a", "b", "")]
    [InlineData("""["a","b","c"]""", "triplet", "a", "b", "c")]
    [InlineData("""["a","b","c","d","e"]""", "n-tuple", "a", "b", "c|d|e")]
    [InlineData("""{"query":"a","positive":["b","c"],"negative":["d"]}""", "flag", "a", "b|c", "d")]
    [InlineData("""{"query":"a","pos":[{"title":"T","text":"b"}]}""", "flag", "a", "T b", "")]
    [InlineData("""{"query":"a","pos":"b","neg":"c","task_name":"t"}""", "medi", "a", "b", "c")]
    [InlineData("""{"query":"a","docs":["b","c","d"],"labels":[0,2,1]}""", "list-wise", "a", "c|d", "b")]
    public void A_record_gives_query_positives_and_negatives(string line, string form, string query, string positives, string negatives)
    {
        var content = TrainingFile.Read(_folder.Write("a.jsonl", line));

        var example = Assert.Single(content.Examples);
        Assert.Equal(form, content.Form.Name);
        Assert.Equal((query, positives, negatives), (example.Query, string.Join('|', example.Positives), string.Join('|', example.Negatives)));
    }

    [Fact]
    public void Scores_labels_prompts_and_types_are_kept()
    {
        var flag = TrainingFile.Read(_folder.Write(
            "f.jsonl", """{"query":"q","pos":["p"],"neg":["n","m"],"pos_scores":[9.5],"neg_scores":[1,2],"prompt":"Find it.","type":"only_1neg"}""")).Examples[0];
        Assert.Equal([9.5], flag.PositiveScores!);
        Assert.Equal([1, 2], flag.NegativeScores!);
        Assert.Equal(("Find it.", "only_1neg", "f"), (flag.QueryInstruction, flag.Type, flag.Domain));

        var medi = TrainingFile.Read(_folder.Write("m.json", """[{"query":["Ask: ","q"],"pos":["Say: ","p"],"neg":["Say: ","n"],"task_id":3}]""")).Examples[0];
        Assert.Equal(("Ask: q", "Say: p", "3"), (medi.InstructedQuery, medi.InstructedDocument(medi.Positives[0]), medi.Domain));

        Assert.Equal("7", TrainingFile.Read(_folder.Write("p.jsonl", """{"text":"a","label":7}""")).Examples[0].Label);
        Assert.Equal(3.8, TrainingFile.Read(_folder.Write("s.csv", "\"a, b\",c,3.8\n")).Examples[0].Score);
        Assert.Equal([2, 1], TrainingFile.Read(_folder.Write("l.jsonl", """{"query":"a","docs":["b","c","d"],"labels":[0,2,1]}""")).Examples[0].PositiveScores!);
    }

    [Fact]
    public void Tables_are_read_by_their_header_or_by_their_columns()
    {
        var named = TrainingFile.Read(_folder.Write("n.csv", "label,sentence2,sentence1\n1,b,a\n0,d,c\n"));
        Assert.Equal(["a:b:1", "c:d:0"], named.Examples.Select(example => $"{example.Query}:{example.Positives[0]}:{example.Score}"));

        var columns = TrainingFile.Read(_folder.Write("t.tsv", "a\tb\nc\td\n"));
        Assert.Equal(["a:b", "c:d"], columns.Examples.Select(example => $"{example.Query}:{example.Positives[0]}"));
        Assert.Equal("pair", columns.Form.Name);
    }

    [Theory]
    [InlineData("""{"query":"a"}""", "field \"pos\" is missing (expected a list of texts)")]
    [InlineData("""{"query":"a","pos":[]}""", "field \"pos\" is an empty list (expected at least one text)")]
    [InlineData("""{"query":"a","pos":["b",3]}""", "field \"pos[1]\" is a number (expected a text)")]
    [InlineData("""{"query":"a","pos":[" "]}""", "field \"pos[0]\" is empty (expected a text)")]
    [InlineData("""{"query":null,"pos":["b"]}""", "field \"query\" is null (expected a text)")]
    [InlineData("""{"query":"a","pos":["b"],"neg":{}}""", "field \"neg\" is an object (expected a list of texts)")]
    [InlineData("""{"query":"a","pos":["b"],"pos_scores":[1,2]}""", "field \"pos_scores\" has 2 numbers for 1 texts")]
    [InlineData("""{"query":"a","pos":["b"],"pos_scores":["x"]}""", "field \"pos_scores[0]\" is a text (expected a number)")]
    [InlineData("""{"query":"a","query":"b","pos":["b"]}""", "field \"query\" stands there twice")]
    [InlineData("""{"query":"\ud800","pos":["b"]}""", "field \"query\" is not valid Unicode")]
    [InlineData("\"text\"", "a text (expected an object with fields, or a list of texts)")]
    [InlineData("{\"query\":", "not valid JSON")]
    public void A_malformed_line_names_file_line_and_field(string line, string expected)
    {
        var path = _folder.Write("bad.jsonl", "{\"query\":\"a\",\"pos\":[\"b\"]}\n\n" + line + "\n");

        var error = Assert.Throws<CdeException>(() => TrainingFile.Read(path));

        Assert.StartsWith($"{path} line 3: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\tb\t1\na\tb\n", "2 columns, column 3 (score) is missing (expected a number)")]
    [InlineData("a\tb\t1\na\tb\tx\n", "field \"column 3\" is a text (expected a number)")]
    [InlineData("query\tanswer\na\tb\tc\n", "3 columns, expected 2")]
    public void A_malformed_row_names_file_line_and_column(string text, string expected)
    {
        var path = _folder.Write("bad.tsv", text);

        var error = Assert.Throws<CdeException>(() => TrainingFile.Read(path));

        Assert.Equal($"{path} line 2: {expected}", error.Message);
    }

    [Fact]
    public void SkipBad_counts_what_it_leaves_out_and_says_why()
    {
        var path = _folder.Write("some.jsonl", "not json\n{\"query\":\"a\",\"pos\":[\"b\"]}\n{\"query\":\"a\"}\n{\"query\":\"c\",\"pos\":[\"d\"]}\n");

        var content = TrainingFile.Read(path, new TrainingFileOptions { SkipBad = true });

        Assert.Equal(["a", "c"], content.Examples.Select(example => example.Query));
        Assert.Equal(2, content.Skipped);
        Assert.StartsWith($"{path} line 1: not valid JSON", content.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith($"{path} line 3: field \"pos\" is missing", content.Problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_readable_record_is_refused_even_when_bad_ones_are_skipped()
    {
        var path = _folder.Write("none.jsonl", "x\ny\n");

        var error = Assert.Throws<CdeException>(() => TrainingFile.Read(path, new TrainingFileOptions { SkipBad = true }));

        Assert.StartsWith($"{path}: none of its 2 records can be read; the first: {path} line 1: not valid JSON", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("has no training examples", Assert.Throws<CdeException>(() => TrainingFile.Read(_folder.Write("empty.jsonl", ""))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_no_form_names_the_forms()
    {
        var error = Assert.Throws<CdeException>(() => TrainingFile.Read(_folder.Write("odd.jsonl", """{"left":"a","right":"b"}""")));

        Assert.Contains("its fields are of no form of training data (list-wise, medi, flag, scored-pair, n-tuple, triplet, pair, point)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Find: ", "Find: text")]
    [InlineData("Query: {} Answer:", "Query: text Answer:")]
    [InlineData("", "text")]
    [InlineData(null, "text")]
    public void Instructions_never_lose_the_text(string? template, string expected) => Assert.Equal(expected, InstructionTemplate.Apply(template, "text"));

    public void Dispose() => _folder.Dispose();
}
