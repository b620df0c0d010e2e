using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Evaluation;

/// <summary>Real static vectors: a text is the normalised mean of the GloVe vectors of its words (20,000 words, 50 wide).</summary>
internal sealed partial class GloveEmbedder : ITextEmbedder
{
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    public GloveEmbedder()
    {
        using var file = new GZipStream(File.OpenRead(TestFolders.Data("glove50-20k", "vectors.bin.gz")), CompressionMode.Decompress);
        using var reader = new BinaryReader(file);
        var (count, width) = (reader.ReadInt32(), reader.ReadInt32());
        for (var i = 0; i < count; i++)
        {
            var word = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadUInt16()));
            _vectors[word] = [.. Enumerable.Range(0, width).Select(_ => reader.ReadSingle())];
        }

        Dimension = width;
    }

    public int Dimension { get; }

    public string ModelHash => "glove";

    public string? ContextHash => null;

    public Task<EmbeddingMatrix> EmbedAsync(Corpus corpus, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Embed([.. corpus.Select(document => (document.Id, document.FullText))]);

    public Task<EmbeddingMatrix> EmbedAsync(IReadOnlyList<Query> queries, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Embed([.. queries.Select(query => (query.Id, query.Text))]);

    public Task<EmbeddingMatrix> EmbedAsync(IReadOnlyList<string> texts, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Embed([.. texts.Select((text, row) => ($"{row}", text))]);

    public void Dispose()
    {
    }

    private Task<EmbeddingMatrix> Embed(IReadOnlyList<(string Id, string Text)> texts)
    {
        var values = new float[texts.Count * Dimension];
        for (var row = 0; row < texts.Count; row++)
        {
            var mean = values.AsSpan(row * Dimension, Dimension);
            foreach (Match word in Words().Matches(texts[row].Text.ToLowerInvariant()))
            {
                if (_vectors.TryGetValue(word.Value, out var vector))
                    System.Numerics.Tensors.TensorPrimitives.Add(mean, vector, mean);
            }

            var norm = System.Numerics.Tensors.TensorPrimitives.Norm<float>(mean);
            if (norm > 0)
                System.Numerics.Tensors.TensorPrimitives.Divide(mean, norm, mean);
        }

        return Task.FromResult(EmbeddingMatrix.FromRows([.. texts.Select(text => text.Id)], values, Dimension, new EmbeddingProvenance
        {
            ModelName = "glove",
            ModelHash = ModelHash,
            CorpusName = "texts",
            CorpusHash = "hash",
            Prompt = "document",
            PromptText = "",
            Precision = "float32",
            ComputePath = "cpu",
            MaxTokens = 512,
        }));
    }

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Words();
}
