using Cde.Workbench.Text;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Batches;

public sealed class TokenizedDomainTests : IDisposable
{
    private static readonly Dictionary<string, string> Prompts = new() { ["query"] = "q: " };

    private readonly string folder = Directory.CreateTempSubdirectory("cde-tokens-").FullName;

    private WordPieceTokenizer Tokenizer
    {
        get
        {
            File.WriteAllLines(Path.Combine(folder, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "q", ":"]);
            return WordPieceTokenizer.FromFolder(folder);
        }
    }

    [Fact]
    public void From_cutsQueriesAtTheirOwnLimit_promptIncluded_andDocumentsAtTheirs()
    {
        var domain = new TrainingDomain("long", [Words(30), "a"], [Words(31), "a"], [[0], [1]]);

        var cut = TokenizedDomain.From(domain, Tokenizer, Prompts, new() { MaxTokens = 20, MaxQueryTokens = 8 });
        var alike = TokenizedDomain.From(domain, Tokenizer, Prompts, new() { MaxTokens = 20 });

        Assert.Equal((8, 20), (cut.Queries.Length(0), cut.Documents.Length(0)));
        Assert.Equal((5, 3), (cut.Queries.Length(1), cut.Documents.Length(1))); // [CLS] q : a [SEP], and [CLS] a [SEP]
        Assert.Equal((20, 20), (alike.Queries.Length(0), alike.Documents.Length(0)));
    }

    [Fact]
    public void From_readsSingleTextsAsDocumentsOnBothSides()
    {
        var domain = new TrainingDomain("single", [Words(30)], [Words(30)], [[0]]);

        var read = TokenizedDomain.From(domain, Tokenizer, Prompts, new() { MaxTokens = 20, MaxQueryTokens = 8 });

        Assert.Equal((20, 20), (read.Queries.Length(0), read.Documents.Length(0)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("a", count));
}
