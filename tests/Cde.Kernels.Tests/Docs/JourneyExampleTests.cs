using System.Text.RegularExpressions;
using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Tests.Docs;

/// <summary>What docs/journeys.md shows runs as it stands there, with tiny models under the names that it uses.</summary>
public sealed partial class JourneyExampleTests(TinyWorkspace workspace)
{
    private static readonly string[] Documents = ["the moon is round", "bread and salt", "a river runs"];
    private static readonly string[] Queries = ["what is round", "what runs"];

    [Theory]
    [InlineData("journeys.md")]
    [InlineData("embedding.md")]
    public void Every_example_of_the_page_is_one_that_runs(string page)
    {
        var source = File.ReadAllText(Path.Combine(TestFolders.Repository, "tests", "Cde.Kernels.Tests", "Docs", "JourneyExamples.cs"));
        var regions = Regions().Matches(source).Select(region => Unindented(region.Groups["code"].Value)).ToList();
        var shown = File.ReadAllText(Path.Combine(TestFolders.Repository, "docs", page)).Split("```csharp\n").Skip(1).Select(block => Unindented(block.Split("```")[0]))
            .Where(block => page == "journeys.md" || block.Contains("IEmbeddingGenerator", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(block, regions));
    }

    [Fact]
    public async Task Examples_run_on_tiny_models()
    {
        var home = Path.Combine(workspace.Folder, "cache", "models");
        try
        {
            Copy(workspace.Model, Path.Combine(home, "cde-small-v1"));
            foreach (var name in (string[])["bge-small-en-v1.5", "e5-small-v2", "all-MiniLM-L6-v2", "snowflake-arctic-embed-m-v1.5"])
                Golden("case01_bert_tiny", 600, Path.Combine(home, name));
            Golden("case14_llama_tiny", 200, Path.Combine(home, "e5-mistral-7b-instruct"));

            await JourneyExamples.CdeAsync(Documents, Queries);
            await JourneyExamples.FlagAsync(Documents, Queries);
            await JourneyExamples.AutoAsync(Documents, ["moon"]); // the decoder takes 64 tokens
            await JourneyExamples.SentenceAsync(Documents, Queries);
            await JourneyExamples.MtebAsync(Queries);
            await JourneyExamples.GeneratorsAsync(new MemoryCorpus("tiny", Documents.Select(text => new Document(text, text))));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static void Golden(string goldenCase, int vocabularySize, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])["config.json", "model.safetensors"])
            File.Copy(Path.Combine(TestFolders.GoldenCase(goldenCase), file), Path.Combine(folder, file));
        string[] words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range('a', 26).SelectMany(letter => (string[])[$"{(char)letter}", $"##{(char)letter}"])];
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), words.Concat(Enumerable.Range(words.Length, vocabularySize - words.Length).Select(id => $"[unused{id}]")));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(@"// begin \w+\n(?<code>.*?)// end", RegexOptions.Singleline)]
    private static partial Regex Regions();
}
