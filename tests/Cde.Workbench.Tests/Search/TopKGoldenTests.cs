using System.Globalization;
using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Search;

/// <summary>The exact indices, and scores to 1e-5 (the case's README). The case orders ties by index ascending: ids are made so that bytes descend.</summary>
[Trait("Category", "Golden")]
public sealed class TopKGoldenTests
{
    private const string Case = "case08b_topk_inner_product";

    public static IEnumerable<TheoryDataRow<string>> Products => Ids("");

    public static IEnumerable<TheoryDataRow<string>> Cosines => Ids("cosine_");

    [Theory]
    [MemberData(nameof(Products))]
    public void Search_inner_product_gives_the_indices_and_scores(string id) => Check(id, "", Similarity.InnerProduct);

    [Theory]
    [MemberData(nameof(Cosines))]
    public void Search_cosine_gives_the_indices_and_scores(string id) => Check(id, "cosine_", Similarity.Cosine);

    private static void Check(string id, string prefix, Similarity similarity)
    {
        var folder = TestFolders.GoldenCase(Case);
        using var inputs = SafetensorsFile.Open(Path.Combine(folder, "inputs.safetensors"));
        using var expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        var k = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!["cases"]!.AsArray().Single(entry => (string)entry!["id"]! == id)!["k"]!.GetValue<int>();
        using var queries = Matrix(inputs, $"{id}.queries");
        using var documents = Matrix(inputs, $"{id}.corpus");
        var run = ExactSearch.Search(queries, documents, k, new ExactSearchOptions { Similarity = similarity });
        var indices = expected.Integers($"{id}.{prefix}indices");
        var scores = expected.Floats($"{id}.{prefix}scores");
        var perQuery = (int)expected.Entries[$"{id}.{prefix}indices"].Shape[1];
        for (var query = 0; query < queries.Count; query++)
        {
            var list = run[queries.Ids[query]];
            Assert.Equal(indices.Skip(query * perQuery).Take(perQuery).Select(index => Id(index)), list.Select(entry => entry.DocumentId));
            Assert.All(list.Zip(scores.Skip(query * perQuery)), pair => Assert.Equal(pair.Second, pair.First.Score, 1e-5));
        }
    }

    /// <summary>The searches that the case has an answer for; one row where the case is absent, which then skips by name.</summary>
    private static IEnumerable<TheoryDataRow<string>> Ids(string prefix)
    {
        var path = Path.Combine(TestFolders.Golden, Case, "expected.safetensors");
        if (!File.Exists(path))
            return [new TheoryDataRow<string>("absent")];
        using var expected = SafetensorsFile.Open(path);
        var ending = $".{prefix}indices";
        return [.. expected.Entries.Keys.Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Select(name => new TheoryDataRow<string>(name[..^ending.Length]))];
    }

    private static EmbeddingMatrix Matrix(SafetensorsFile file, string name)
    {
        var shape = file.Entries[name].Shape;
        return EmbeddingMatrix.FromRows(
            [.. Enumerable.Range(0, (int)shape[0]).Select(row => Id(row))], file.Floats(name), (int)shape[1], TestMatrices.Provenance);
    }

    private static string Id(long row) => (999_999 - row).ToString("D6", CultureInfo.InvariantCulture);
}
