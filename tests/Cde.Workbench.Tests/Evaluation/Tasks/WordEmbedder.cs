using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Evaluation;

/// <summary>Texts as counts of their words, each word a direction drawn from its letters: texts with the same words have cosine 1, without common words near 0.</summary>
internal sealed class WordEmbedder : ITextEmbedder
{
    public int Dimension => 64;

    public string ModelHash => "words";

    public string? ContextHash => null;

    /// <summary>What was put in front, call by call.</summary>
    public List<string?> Instructions { get; } = [];

    public Task<EmbeddingMatrix> EmbedAsync(Corpus corpus, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Embed([.. corpus.Select(document => (document.Id, document.FullText))], options);

    public Task<EmbeddingMatrix> EmbedAsync(IReadOnlyList<Query> queries, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Embed([.. queries.Select(query => (query.Id, query.Text))], options);

    public Task<EmbeddingMatrix> EmbedAsync(IReadOnlyList<string> texts, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Embed([.. texts.Select((text, row) => ($"{row}", text))], options);

    public void Dispose()
    {
    }

    private Task<EmbeddingMatrix> Embed(IReadOnlyList<(string Id, string Text)> texts, EmbedOptions? options)
    {
        Instructions.Add(options?.PromptText);
        var values = new float[texts.Count * Dimension];
        for (var row = 0; row < texts.Count; row++)
        {
            foreach (var word in texts[row].Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var random = SeededRandom.For([.. word.Select(letter => (long)letter)]);
                for (var i = 0; i < Dimension; i++)
                    values[(row * Dimension) + i] += (float)(random.NextDouble() - 0.5);
            }

            var norm = MathF.Sqrt(values.Skip(row * Dimension).Take(Dimension).Sum(value => value * value));
            for (var i = 0; i < Dimension; i++)
                values[(row * Dimension) + i] /= norm;
        }

        return Task.FromResult(EmbeddingMatrix.FromRows([.. texts.Select(text => text.Id)], values, Dimension, new EmbeddingProvenance
        {
            ModelName = "words",
            ModelHash = ModelHash,
            CorpusName = "texts",
            CorpusHash = "hash",
            Prompt = "document",
            PromptText = options?.PromptText ?? "",
            Precision = "float32",
            ComputePath = "cpu",
            MaxTokens = 64,
        }));
    }
}
