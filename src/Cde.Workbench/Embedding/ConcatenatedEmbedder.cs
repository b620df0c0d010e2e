using Cde.Workbench.Corpora;
using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding;

/// <summary>
/// The vectors of several embedders side by side, as <c>concat:A+B</c> names them: each part reads the texts with its own tokenizer and prompts, and weighs the same.
/// The cosine of two such vectors is the mean of the parts' cosines.
/// </summary>
/// <remarks>
/// Parts are embedded one after the other, each with the options' cache: what was embedded with one of them alone is not embedded again. The joined matrix itself is
/// in memory up to <see cref="EmbedOptions.MemoryBytes"/>, above that in a temporary file.
/// </remarks>
public sealed class ConcatenatedEmbedder : ITextEmbedder
{
    private readonly IReadOnlyList<ITextEmbedder> _parts;
    private readonly string _name;

    /// <summary>An embedder over others, which it owns from now on.</summary>
    /// <param name="name">What provenance calls the model.</param>
    /// <param name="parts">At least two; the order is that of the vectors.</param>
    public ConcatenatedEmbedder(string name, IReadOnlyList<ITextEmbedder> parts)
    {
        if (parts.Count < 2)
            throw new ArgumentException($"{parts.Count} parts; a concatenation has at least two", nameof(parts));
        (_name, _parts) = (name, parts);
    }

    /// <inheritdoc/>
    public string ModelName => _name;

    /// <inheritdoc/>
    public int Dimension => _parts.Sum(part => part.Dimension);

    /// <inheritdoc/>
    public string ModelHash => EmbeddingModel.ConcatenatedHash(_parts.Select(part => part.ModelHash));

    /// <inheritdoc/>
    public string? ContextHash => _parts.All(part => part.ContextHash is null) ? null : ContentHash.OfText(string.Join('+', _parts.Select(part => part.ContextHash)));

    /// <inheritdoc/>
    public Task<EmbeddingMatrix> EmbedAsync(Corpus corpus, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        EmbedAsync(part => part.EmbedAsync(corpus, OfParts(options), progress, cancellationToken), options, cancellationToken);

    /// <inheritdoc/>
    public Task<EmbeddingMatrix> EmbedAsync(
        IReadOnlyList<Query> queries, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        EmbedAsync(part => part.EmbedAsync(queries, OfParts(options), progress, cancellationToken), options, cancellationToken);

    /// <inheritdoc/>
    public Task<EmbeddingMatrix> EmbedAsync(
        IReadOnlyList<string> texts, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        EmbedAsync(part => part.EmbedAsync(texts, OfParts(options), progress, cancellationToken), options, cancellationToken);

    /// <summary>The embedders, in the order of their vectors.</summary>
    internal IReadOnlyList<ITextEmbedder> Parts => _parts;

    /// <summary>Disposes of the parts.</summary>
    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
    }

    private async Task<EmbeddingMatrix> EmbedAsync(Func<ITextEmbedder, Task<EmbeddingMatrix>> embed, EmbedOptions? options, CancellationToken cancellationToken)
    {
        var matrices = new List<EmbeddingMatrix>();
        try
        {
            foreach (var part in _parts)
                matrices.Add(await embed(part).ConfigureAwait(false));
            return await Task.Run(() => Join(matrices, options ?? new EmbedOptions(), cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            matrices.ForEach(matrix => matrix.Dispose());
        }
    }

    private EmbeddingMatrix Join(IReadOnlyList<EmbeddingMatrix> matrices, EmbedOptions options, CancellationToken cancellationToken)
    {
        const int Window = 1024; // rows
        var (first, width) = (matrices[0], Dimension);
        var provenance = first.Provenance with
        {
            ModelName = _name,
            ModelHash = ModelHash,
            ContextHash = ContextHash,
            PromptText = string.Join('+', matrices.Select(matrix => matrix.Provenance.PromptText)),
            MaxTokens = matrices.Max(matrix => matrix.Provenance.MaxTokens),
            IsNormalized = options.Normalize,
        };
        using var builder = MatrixBuilder.Create(first.Count, width, row => first.Ids[row], provenance, options.MemoryBytes);
        var buffer = new float[Math.Min(Window, first.Count) * width];
        for (var start = 0; start < first.Count; start += Window)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = Math.Min(Window, first.Count - start);
            for (var row = 0; row < rows; row++)
            {
                var target = buffer.AsSpan(row * width, width);
                var place = 0;
                foreach (var matrix in matrices)
                {
                    matrix[start + row].CopyTo(target[place..]);
                    place += matrix.Dimension;
                }

                if (options.Normalize)
                    UnitVectors.Normalize(target);
            }

            builder.Write(start, buffer.AsSpan(0, rows * width));
        }

        var joined = builder.Complete();
        joined.Work = matrices.All(matrix => matrix.Work is not null) ? Sum(matrices.Select(matrix => matrix.Work!)) : null;
        return joined;
    }

    private static EmbeddingWork Sum(IEnumerable<EmbeddingWork> parts) => parts.Aggregate((sum, part) => new EmbeddingWork(
        Math.Max(sum.Texts, part.Texts), sum.Tokens + part.Tokens, sum.Positions + part.Positions, sum.Batches + part.Batches));

    // Each part weighs the same, so each has length 1 whatever the whole has.
    private static EmbedOptions? OfParts(EmbedOptions? options) => options is { Normalize: false } ? options with { Normalize = true } : options;
}
