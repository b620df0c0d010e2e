using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Exports;

namespace Cde.Workbench.Tests.Embedding.Exports;

/// <summary>Documents whose ids and texts have what text formats trip over, and vectors for them.</summary>
internal sealed class ExportedDocuments : IDisposable
{
    public ExportedDocuments(int count = 7, int dimension = 5, Func<int, string>? id = null)
    {
        id ??= row => $"d{row}, \"ü\" 😀";
        using var random = TestMatrices.Random(count, dimension, seed: 11);
        Matrix = EmbeddingMatrix.FromRows(
            [.. Enumerable.Range(0, count).Select(id)], [.. Enumerable.Range(0, count).SelectMany(row => random[row].ToArray())], dimension,
            TestMatrices.Provenance with { ContextHash = "a context", PromptText = "document: \"x\"\n", CorpusName = "texts" });
        Corpus = new MemoryCorpus("texts", [.. Enumerable.Range(0, count).Reverse().Select(row => new Document(id(row), $"line one,\r\n\"line\ttwo\" of {row}\u2028end", "A title"))]);
        Documents = DocumentVectors.Join(Matrix, Corpus);
    }

    public EmbeddingMatrix Matrix { get; }

    public Corpus Corpus { get; }

    public DocumentVectors Documents { get; }

    public void AssertSame(EmbeddingMatrix read)
    {
        Assert.Equal(Matrix.Ids, read.Ids);
        Assert.Equal(Matrix.Dimension, read.Dimension);
        Assert.Equal(Matrix.Provenance, read.Provenance);
        for (var row = 0; row < Matrix.Count; row++)
            Assert.Equal(Matrix[row].ToArray(), read[row].ToArray());
    }

    public void Dispose()
    {
        Matrix.Dispose();
        Corpus.Dispose();
    }
}
