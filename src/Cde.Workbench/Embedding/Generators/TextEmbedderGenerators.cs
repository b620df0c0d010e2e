namespace Cde.Workbench.Embedding.Generators;

/// <summary>Generators of an embedder, in one call.</summary>
public static class TextEmbedderGenerators
{
    /// <summary>A generator for queries over this embedder, which stays its owner's.</summary>
    public static TextEmbeddingGenerator AsQueryGenerator(this ITextEmbedder embedder, GeneratorOptions? options = null) =>
        new(embedder, (options ?? new GeneratorOptions()) with { Role = TextRole.Query });

    /// <summary>A generator for documents over this embedder, which stays its owner's.</summary>
    public static TextEmbeddingGenerator AsDocumentGenerator(this ITextEmbedder embedder, GeneratorOptions? options = null) =>
        new(embedder, (options ?? new GeneratorOptions()) with { Role = TextRole.Document });
}
