using System.Globalization;
using Cde.Workbench.Corpora;
using Microsoft.Extensions.AI;

namespace Cde.Workbench.Embedding.Generators;

/// <summary>
/// Any embedder, contextual ones too, as Microsoft.Extensions.AI's <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>: one for queries, one for documents, since a model
/// may put different prompts in front of them.
/// </summary>
/// <remarks>
/// Safe to call from several threads at once: calls wait for one another where they use the same model, through whichever generator; each uses all the threads that the
/// computation has, so taking turns costs little. Give a call many texts rather than calling once a text.
/// </remarks>
public sealed class TextEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>What the metadata of every generator here names as its provider.</summary>
    public const string ProviderName = "cde";

    private readonly ITextEmbedder _embedder;
    private readonly GeneratorOptions _options;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly IReadOnlyList<EncoderGate> _gates;
    private bool _disposed;

    /// <summary>A generator over an embedder.</summary>
    /// <param name="embedder">A plain, concatenated or contextual embedder; it stays the caller's unless the options say otherwise.</param>
    /// <param name="options">The defaults where null.</param>
    public TextEmbeddingGenerator(ITextEmbedder embedder, GeneratorOptions? options = null)
    {
        (_embedder, _options) = (embedder, options ?? new GeneratorOptions());
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, _options.ModelId ?? embedder.ModelName, embedder.Dimension);
        _gates = EncoderGate.Of(embedder);
    }

    /// <summary>Embeds texts, in their order.</summary>
    /// <param name="values">The texts; none may be empty.</param>
    /// <param name="options">
    /// <see cref="EmbeddingGenerationOptions.Dimensions"/> keeps the first so many numbers and brings them to length 1 again, for models trained for that (Matryoshka);
    /// <see cref="EmbeddingGenerationOptions.ModelId"/> may name this model and no other.
    /// </param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>A vector a text, and the tokens that were read; no usage where all came from a cache.</returns>
    /// <exception cref="CdeException">Dimensions are out of range, another model is asked for, or a text is empty.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var dimensions = Dimensions(options);
        var texts = values as IReadOnlyList<string> ?? [.. values];
        if (texts.Count == 0)
            return [];
        using var full = await EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
        using var shorter = dimensions < full.Dimension ? full.Truncate(dimensions) : null;
        var matrix = shorter ?? full;
        var now = _options.Time.GetUtcNow();
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(texts.Count);
        for (var row = 0; row < matrix.Count; row++)
            embeddings.Add(new Embedding<float>(matrix[row].ToArray()) { CreatedAt = now, ModelId = _metadata.DefaultModelId });
        if (full.Work is { } work)
            embeddings.Usage = new UsageDetails { InputTokenCount = work.Tokens, TotalTokenCount = work.Tokens };
        return embeddings;
    }

    /// <summary>This generator, its metadata (<see cref="EmbeddingGeneratorMetadata"/>) or its embedder (<see cref="ITextEmbedder"/>), by type; null for another type, and for any key.</summary>
    /// <param name="serviceType">What is asked for.</param>
    /// <param name="serviceKey">Null.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_embedder) ? _embedder
            : null;
    }

    /// <summary>Disposes of the embedder where it is owned.</summary>
    public void Dispose()
    {
        if (!_disposed && _options.OwnsEmbedder)
            _embedder.Dispose();
        _disposed = true;
    }

    private async Task<EmbeddingMatrix> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var pass = await EncoderGate.EnterAsync(_gates, cancellationToken).ConfigureAwait(false);
        return _options.Role == TextRole.Query
            ? await _embedder.EmbedAsync([.. texts.Select((text, row) => new Query(row.ToString(CultureInfo.InvariantCulture), text))], _options.Embedding, null, cancellationToken).ConfigureAwait(false)
            : await _embedder.EmbedAsync(texts, _options.Embedding, null, cancellationToken).ConfigureAwait(false);
    }

    private int Dimensions(EmbeddingGenerationOptions? options)
    {
        if (options?.ModelId is { } wanted && wanted != _metadata.DefaultModelId)
            throw new CdeException($"model \"{wanted}\" was asked of a generator of {_metadata.DefaultModelId}; leave the model out, or make a generator of the other");
        var dimensions = options?.Dimensions ?? _embedder.Dimension;
        return dimensions >= 1 && dimensions <= _embedder.Dimension
            ? dimensions
            : throw new CdeException($"{dimensions} dimensions were asked of {_metadata.DefaultModelId}, whose vectors have {_embedder.Dimension}; ask for 1 to {_embedder.Dimension}");
    }
}
