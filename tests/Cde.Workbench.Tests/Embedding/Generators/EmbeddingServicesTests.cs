using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Generators;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cde.Workbench.Tests.Embedding.Generators;

/// <summary>An application asks its container for generators.</summary>
[Collection(LiveTensors.Name)]
public sealed class EmbeddingServicesTests
{
    [Fact]
    public async Task AddCdeEmbeddings_model_is_loaded_once_for_queries_and_documents()
    {
        using var folder = new TemporaryFolder();
        string path;
        float[] query;
        using (var model = TinyModels.Load(folder, "plain"))
        {
            path = model.Folder;
            using var embedder = new TextEmbedder(model);
            using var matrix = await embedder.EmbedAsync(["abc"], new EmbedOptions { PromptName = "query" });
            query = matrix[0].ToArray();
        }

        var before = LiveTensors.Settled;
        await using (var provider = new ServiceCollection().AddCdeEmbeddings(path).BuildServiceProvider())
        {
            Assert.Equal(before, LiveTensors.Count); // not loaded yet
            var queries = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(EmbeddingServices.QueryKey);
            var documents = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

            Assert.Equal(query, (await queries.GenerateAsync(["abc"]))[0].Vector.ToArray());
            Assert.NotEqual(query, (await documents.GenerateAsync(["abc"]))[0].Vector.ToArray());
            Assert.Same(documents, provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(EmbeddingServices.DocumentKey));
            Assert.Same(queries.GetService(typeof(ITextEmbedder)), documents.GetService(typeof(ITextEmbedder)));
        }

        Assert.Equal(before, LiveTensors.Settled);
    }

    [Fact]
    public async Task AddCdeEmbeddings_contextual_model_takes_a_saved_context_or_none()
    {
        using var folder = new TemporaryFolder();
        string path;
        using (var model = TinyModels.Load(folder, "prefix"))
        {
            path = model.Folder;
            var context = await Cde.Workbench.Contexts.ContextBuilder.BuildAsync(
                model, new Cde.Workbench.Corpora.MemoryCorpus("c", [new Cde.Workbench.Corpora.Document("1", "xyz")]), new Cde.Workbench.Contexts.RandomSampler());
            context.Save(folder["context"]);
        }

        await using var given = new ServiceCollection().AddCdeEmbeddings(path, folder["context"]).BuildServiceProvider();
        await using var none = new ServiceCollection().AddCdeEmbeddings(path).BuildServiceProvider();

        Assert.NotEqual(await Vector(given), await Vector(none));
    }

    [Fact]
    public async Task AddCdeEmbeddings_context_for_a_plain_model_is_refused_when_it_is_loaded()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyModels.Load(folder, "plain");
        await using var provider = new ServiceCollection().AddCdeEmbeddings(model.Folder, folder["context"]).BuildServiceProvider();

        var error = await Assert.ThrowsAsync<CdeException>(() => Vector(provider));

        Assert.Contains("takes no context", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddCdeEmbeddings_two_embedders_in_one_container_stay_apart()
    {
        await using var provider = new ServiceCollection()
            .AddCdeEmbeddings(_ => new TextEmbedder(new StandInEncoder { Name = "first" }))
            .AddCdeEmbeddings(_ => new TextEmbedder(new StandInEncoder { Name = "second" }))
            .BuildServiceProvider();

        var names = provider.GetServices<IEmbeddingGenerator<string, Embedding<float>>>()
            .Concat(provider.GetKeyedServices<IEmbeddingGenerator<string, Embedding<float>>>(EmbeddingServices.QueryKey))
            .Select(generator => ((EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelId);

        Assert.Equal(["first", "second", "first", "second"], names);
    }

    private static async Task<float[]> Vector(IServiceProvider provider) =>
        (await provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["abc"]))[0].Vector.ToArray();
}
