using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Search;

[Trait("Category", "Golden")]
public sealed class Bm25GoldenTests
{
    private const string Case = "case23_bm25_rrf";

    public static TheoryData<int> Parameters =>
        File.Exists(Path.Combine(TestFolders.Golden, Case, "expected.json"))
            ? [.. Enumerable.Range(0, Read("expected.json").GetProperty("bm25").GetArrayLength())]
            : [0];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Scores_and_order_equal_the_lucene_form(int variant)
    {
        TestFolders.GoldenCase(Case);
        var (inputs, expected) = (Read("inputs.json"), Read("expected.json").GetProperty("bm25")[variant]);
        var documents = inputs.GetProperty("documents").EnumerateArray().Select(Words).ToList();
        // A corpus takes no empty text; the full stop is no word. The case breaks ties by the lower index, we by the larger id: ids that fall as the index rises make the two one.
        using var corpus = new MemoryCorpus("golden", [.. documents.Select((text, index) => new Document(Id(index), text + "."))]);
        var bm25 = new Bm25(corpus, new Bm25Options { K1 = expected.GetProperty("k1").GetDouble(), B = expected.GetProperty("b").GetDouble() });
        var queries = inputs.GetProperty("queries").EnumerateArray().Select((words, index) => new Query($"q{index}", Words(words))).ToList();
        var run = bm25.Search(queries, documents.Count);
        for (var query = 0; query < queries.Count; query++)
        {
            var wanted = expected.GetProperty("queries")[query];
            var list = run[queries[query].Id];
            Assert.Equal(wanted.GetProperty("top10").EnumerateArray().Select(entry => Id(Index(entry))), list.Take(10).Select(document => document.DocumentId));
            var scores = wanted.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble()).ToList();
            Assert.Equal(scores.Count(score => score > 0), list.Count);
            Assert.All(list, document => Assert.Equal((float)scores[int.MaxValue - int.Parse(document.DocumentId[1..])], document.Score));
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Exact_scores_equal_the_formula(int variant)
    {
        TestFolders.GoldenCase(Case);
        var (inputs, expected) = (Read("inputs.json"), Read("expected.json").GetProperty("bm25")[variant]);
        var (index, analyzer) = (new InvertedIndex(), new WordAnalyzer(splitIdentifiers: false));
        foreach (var document in inputs.GetProperty("documents").EnumerateArray())
            index.Add(Words(document), analyzer);
        Assert.Equal(Read("expected.json").GetProperty("average_length").GetDouble(), index.AverageLength, 1e-9);
        var scorer = new Bm25Scorer(index, expected.GetProperty("k1").GetDouble(), expected.GetProperty("b").GetDouble());
        foreach (var (query, wanted) in inputs.GetProperty("queries").EnumerateArray().Zip(expected.GetProperty("queries").EnumerateArray()))
        {
            scorer.Score(index.Find(Words(query), analyzer), out var scores);
            for (var document = 0; document < scores.Length; document++)
            {
                var score = wanted.GetProperty("scores")[document].GetDouble();
                Assert.True(Math.Abs(score - scores[document]) <= 1e-9 * Math.Abs(score), $"document {document}: {score}, found {scores[document]}");
            }
        }
    }

    private static int Index(JsonElement entry) => entry.ValueKind == JsonValueKind.Array ? entry[0].GetInt32() : entry.GetInt32();

    private static string Id(int index) => $"d{int.MaxValue - index}";

    private static string Words(JsonElement list) => string.Join(' ', list.EnumerateArray().Select(word => word.GetString()));

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden, Case, file))).RootElement;
}
