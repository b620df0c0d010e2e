using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cde.Workbench.Embedding.Generators;

/// <summary>
/// Registers embedding generators with a service collection: <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts under the keys <see cref="QueryKey"/> and
/// <see cref="DocumentKey"/>, and the one for documents without a key as well.
/// </summary>
public static class EmbeddingServices
{
    /// <summary>The key of the generator for queries.</summary>
    public const string QueryKey = "query";

    /// <summary>The key of the generator for documents.</summary>
    public const string DocumentKey = "document";

    /// <summary>Registers the generators of a model, which is loaded when one is first asked for and disposed of with the container.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="model">A known name, <c>concat:A+B</c> or a model folder.</param>
    /// <param name="contextFolder">The saved context of a contextual model; null for none, which is the null context.</param>
    /// <param name="options">How to embed; the role is set here. The defaults where null.</param>
    public static IServiceCollection AddCdeEmbeddings(this IServiceCollection services, string model, string? contextFolder = null, GeneratorOptions? options = null) =>
        Add(services, _ => ServedEmbedder.Load(model, contextFolder), options);

    /// <summary>Registers the generators of an embedder that the application makes: a contextual one with a context built at start, say.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="embedder">Makes it, once. The container disposes of it.</param>
    /// <param name="options">How to embed; the role is set here. The defaults where null.</param>
    public static IServiceCollection AddCdeEmbeddings(this IServiceCollection services, Func<IServiceProvider, ITextEmbedder> embedder, GeneratorOptions? options = null) =>
        Add(services, provider => new ServedEmbedder(embedder(provider)), options);

    private static IServiceCollection Add(IServiceCollection services, Func<IServiceProvider, ServedEmbedder> load, GeneratorOptions? options)
    {
        // One object a registration, so that a second one in the same collection stays apart.
        var (model, document) = (new object(), new object());
        services.AddKeyedSingleton(model, (provider, _) => load(provider));
        services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(document, (provider, _) => Make(provider, TextRole.Document));
        services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(QueryKey, (provider, _) => Make(provider, TextRole.Query));
        services.AddKeyedSingleton(DocumentKey, (provider, _) => Document(provider));
        services.AddSingleton(provider => Document(provider));
        return services;

        IEmbeddingGenerator<string, Embedding<float>> Document(IServiceProvider provider) => provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(document);

        TextEmbeddingGenerator Make(IServiceProvider provider, TextRole role) =>
            new(provider.GetRequiredKeyedService<ServedEmbedder>(model).Embedder, (options ?? new GeneratorOptions()) with { Role = role, OwnsEmbedder = false });
    }
}
