namespace Cde.Workbench.Embedding.Generators;

/// <summary>How a <see cref="TextEmbeddingGenerator"/> embeds.</summary>
public sealed record GeneratorOptions
{
    /// <summary>What the texts are.</summary>
    /// <value>Default: <see cref="TextRole.Document"/>.</value>
    public TextRole Role { get; init; }

    /// <summary>What the model is called in metadata and results.</summary>
    /// <value>Default: null, the model's own name.</value>
    public string? ModelId { get; init; }

    /// <summary>Prompt, length, batches and cache.</summary>
    /// <value>Default: those of <see cref="EmbedOptions"/>.</value>
    public EmbedOptions Embedding { get; init; } = new();

    /// <summary>Whether disposing of the generator disposes of the embedder.</summary>
    /// <value>Default: false, the embedder stays its owner's.</value>
    public bool OwnsEmbedder { get; init; }

    /// <summary>What tells when an embedding was made.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
