using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Models.Rerankers;

[Collection(LiveTensors.Name)]
public sealed class DocumentChunksTests : IDisposable
{
    private readonly TinyModelFolder folder = new("case16b_bert_sequence_classification_tiny", 160);

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 1)]
    [InlineData(8, 2)]
    [InlineData(9, 3)]
    [InlineData(11, 3)]
    [InlineData(12, 4)]
    public void Of_document_chunksFitShareTheirOverlapAndCoverIt(int words, int expected)
    {
        // [CLS] river [SEP] ... [SEP] leaves 5 of 9 tokens for a chunk, of which 2 are shared.
        var tokenizer = Tokenizers.FromFolder(folder.Path);
        int[] document = [.. Enumerable.Range(20, words)];

        var (rows, pairs) = new DocumentChunks(tokenizer, 9, 2).Of([("tower", "music"), ("river", string.Join(' ', document.Select(id => $"w{id}")))]);

        Assert.Equal([0, .. Enumerable.Repeat(1, expected)], pairs);
        Assert.Equal([2, 7, 3, 8, 3], rows[0].ToArray());
        var chunks = Enumerable.Range(1, expected).Select(row => rows[row].ToArray()).ToArray();
        Assert.All(chunks, chunk => Assert.Equal([2, 6, 3], chunk[..3]));
        Assert.All(chunks, chunk => Assert.Equal(3, chunk[^1]));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 5, 9));
        Assert.Equal(document, chunks[0][3..^1].Concat(chunks.Skip(1).SelectMany(chunk => chunk[5..^1])));
        Assert.All(Enumerable.Range(1, expected), row => Assert.Equal([0, 0, 0, .. Enumerable.Repeat((byte)1, rows.Length(row) - 3)], rows.TypeIds(row).ToArray()));
    }

    [Fact]
    public void Of_queryThatLeavesNoRoom_isRefusedByItsPair()
    {
        var chunks = new DocumentChunks(Tokenizers.FromFolder(folder.Path), 9, 2);

        var error = Assert.Throws<CdeException>(() => chunks.Of([("river", "music"), ("river tower music river", "music tower river")]));

        Assert.Contains("pair 1: the query and special tokens take 7 of 9 tokens, which leaves 2 for a chunk that shares 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_longDocumentSplit_isThatOfItsBestChunk_andShortOnesKeepTheirs()
    {
        using var model = RerankerModel.Load(folder.Path);
        var options = new RerankOptions { MaxTokens = 16, SplitLongDocuments = true, ChunkOverlap = 3 };
        int[] ids = [.. Enumerable.Range(20, 40)];
        string Text(IEnumerable<int> part) => string.Join(' ', part.Select(id => $"w{id}"));

        var scores = model.Score("river", [Text(ids), "music tower"], options);

        // 12 tokens a chunk, 9 further on each time.
        var chunks = model.Score("river", [.. new[] { 0, 9, 18, 27, 36 }.Select(from => Text(ids.Skip(from).Take(12)))]);
        Assert.Equal(chunks.Max(), scores[0], 1e-5f);
        Assert.NotEqual(model.Score("river", [Text(ids)], options with { SplitLongDocuments = false })[0], scores[0]);
        Assert.Equal(model.Score("river", ["music tower"])[0], scores[1], 1e-5f);
        Assert.Equal(1 / (1 + Math.Exp(-scores[0])), model.Score("river", [Text(ids)], options with { Sigmoid = true })[0], 1e-5);
    }

    public void Dispose() => folder.Dispose();
}
