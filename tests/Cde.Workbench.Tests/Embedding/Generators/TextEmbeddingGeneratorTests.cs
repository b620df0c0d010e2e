using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Generators;
using Microsoft.Extensions.AI;

namespace Cde.Workbench.Tests.Embedding.Generators;

/// <summary>Generators give the embedder's vectors, whoever calls and however many at once.</summary>
[Collection(LiveTensors.Name)]
public sealed class TextEmbeddingGeneratorTests
{
    private static readonly string[] Texts = ["one", "two two", "three three three"];

    [Fact]
    public async Task GenerateAsync_queries_and_documents_get_their_own_prompts()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var queries = embedder.AsQueryGenerator();
        using var documents = embedder.AsDocumentGenerator();

        Assert.Equal(await Rows(embedder, Texts, "search_query: "), Rows(await queries.GenerateAsync(Texts)));
        Assert.Equal(await Rows(embedder, Texts, "search_document: "), Rows(await documents.GenerateAsync(Texts)));
    }

    [Fact]
    public async Task GenerateAsync_contextual_embedder_conditions_on_its_context()
    {
        var encoder = StandInEncoder.Contextual();
        using var embedder = new ContextualEmbedder(encoder, await ContextBuilder.BuildAsync(encoder, new MemoryCorpus("c", [new Document("1", "apples")]), new RandomSampler()));
        using var blank = new ContextualEmbedder(encoder, CorpusContext.Null(encoder));
        using var generator = embedder.AsDocumentGenerator();
        using var without = blank.AsDocumentGenerator();

        var vectors = Rows(await generator.GenerateAsync(Texts));

        Assert.Equal(await Rows(embedder, Texts, "search_document: "), vectors);
        Assert.NotEqual(Rows(await without.GenerateAsync(Texts)), vectors);
    }

    [Fact]
    public async Task GenerateAsync_parallel_callers_of_one_model_take_turns_and_get_their_own_vectors()
    {
        var (inside, most) = (0, 0);
        var encoder = new StandInEncoder
        {
            BeforeBatch = _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.Sleep(2);
                Interlocked.Decrement(ref inside);
            },
        };
        using var first = new TextEmbedder(encoder);
        using var second = new TextEmbedder(encoder); // another embedder over the same encoder
        using var queries = first.AsQueryGenerator();
        using var documents = second.AsDocumentGenerator();
        var alone = (Rows(await queries.GenerateAsync(Texts)), Rows(await documents.GenerateAsync(Texts)));

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 2 == 0 ? queries : documents).GenerateAsync(Texts))));

        Assert.Equal(1, most);
        for (var i = 0; i < results.Length; i++)
            Assert.Equal(i % 2 == 0 ? alone.Item1 : alone.Item2, Rows(results[i]));
    }

    [Fact]
    public async Task GenerateAsync_concatenations_in_both_orders_do_not_wait_for_each_other_for_ever()
    {
        var (a, b) = (new StandInEncoder { Name = "a" }, new StandInEncoder { Name = "b", Hash = "b" });
        using var forward = new ConcatenatedEmbedder("a+b", [new TextEmbedder(a), new TextEmbedder(b)]);
        using var backward = new ConcatenatedEmbedder("b+a", [new TextEmbedder(b), new TextEmbedder(a)]);
        using var one = forward.AsDocumentGenerator();
        using var other = backward.AsDocumentGenerator();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).GenerateAsync(Texts))));

        Assert.All(results, result => Assert.Equal(Texts.Length, result.Count));
    }

    [Fact]
    public async Task GenerateAsync_dimensions_keep_the_first_numbers_at_length_one()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var generator = embedder.AsDocumentGenerator();
        var full = (await generator.GenerateAsync(["one"]))[0].Vector.ToArray();

        var cut = (await generator.GenerateAsync(["one"], new EmbeddingGenerationOptions { Dimensions = 3 }))[0].Vector.ToArray();

        var norm = Math.Sqrt(full[..3].Sum(x => x * x));
        Assert.Equal(3, cut.Length);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(full[i] / norm, cut[i], 1e-6));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(1000)]
    public async Task GenerateAsync_dimensions_out_of_range_are_refused(int dimensions)
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var generator = embedder.AsDocumentGenerator();

        var error = await Assert.ThrowsAsync<CdeException>(() => generator.GenerateAsync(["one"], new EmbeddingGenerationOptions { Dimensions = dimensions }));

        Assert.Contains($"{dimensions} dimensions were asked of stand-in, whose vectors have 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_another_model_is_refused_and_its_own_name_is_not()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var generator = embedder.AsDocumentGenerator();

        Assert.Single(await generator.GenerateAsync(["one"], new EmbeddingGenerationOptions { ModelId = "stand-in" }));
        Assert.Contains("\"other\"", (await Assert.ThrowsAsync<CdeException>(() => generator.GenerateAsync(["one"], new EmbeddingGenerationOptions { ModelId = "other" }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_counts_the_tokens_that_were_read()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var matrix = await embedder.EmbedAsync(Texts);
        using var generator = embedder.AsDocumentGenerator();

        var usage = (await generator.GenerateAsync(Texts)).Usage;

        Assert.NotNull(usage);
        Assert.Equal((matrix.Work!.Tokens, matrix.Work.Tokens), (usage.InputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task GenerateAsync_no_texts_gives_no_vectors_and_an_empty_text_is_refused()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var generator = embedder.AsDocumentGenerator();

        Assert.Empty(await generator.GenerateAsync([]));
        await Assert.ThrowsAsync<CdeException>(() => generator.GenerateAsync([" "]));
    }

    [Fact]
    public async Task GenerateAsync_caller_cancelled_while_it_waits_lets_the_others_go_on()
    {
        using var inside = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var encoder = new StandInEncoder
        {
            BeforeBatch = number =>
            {
                if (number != 1)
                    return;
                inside.Release();
                goOn.Wait(TimeSpan.FromMinutes(5));
            },
        };
        using var embedder = new TextEmbedder(encoder);
        using var generator = embedder.AsDocumentGenerator();
        using var cancellation = new CancellationTokenSource();
        var running = generator.GenerateAsync(["one"], null, TestContext.Current.CancellationToken);
        await inside.WaitAsync(TestContext.Current.CancellationToken);
        var waiting = generator.GenerateAsync(["two"], null, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        goOn.Release();
        Assert.Single(await running);
        Assert.Single(await generator.GenerateAsync(["three"], null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void GetService_tells_provider_model_and_dimensions()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var generator = new TextEmbeddingGenerator(embedder, new GeneratorOptions { ModelId = "mine" });

        var metadata = Assert.IsType<EmbeddingGeneratorMetadata>(generator.GetService(typeof(EmbeddingGeneratorMetadata)));

        Assert.Equal(("cde", "mine", 8), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(embedder, generator.GetService(typeof(ITextEmbedder)));
        Assert.Same(generator, generator.GetService(typeof(TextEmbeddingGenerator)));
        Assert.Null(generator.GetService(typeof(string)));
        Assert.Null(generator.GetService(typeof(ITextEmbedder), "key"));
    }

    [Fact]
    public async Task Dispose_leaves_the_embedder_unless_it_is_owned()
    {
        var encoder = StandInEncoder.Contextual();
        using var embedder = new ContextualEmbedder(encoder, CorpusContext.Null(encoder));
        var lent = embedder.AsDocumentGenerator();
        lent.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lent.GenerateAsync(["one"]));
        using (var matrix = await embedder.EmbedAsync(["one"]))
            Assert.Equal(1, matrix.Count);

        embedder.AsDocumentGenerator(new GeneratorOptions { OwnsEmbedder = true }).Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => embedder.EmbedAsync(["one"]));
    }

    [Fact]
    public async Task GenerateAsync_leaves_no_tensor_behind()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var generator = embedder.AsDocumentGenerator();
        await generator.GenerateAsync(Texts);
        var before = LiveTensors.Settled;

        await generator.GenerateAsync(Texts, new EmbeddingGenerationOptions { Dimensions = 2 });

        Assert.Equal(before, LiveTensors.Settled);
    }

    private static float[][] Rows(GeneratedEmbeddings<Embedding<float>> embeddings) => [.. embeddings.Select(embedding => embedding.Vector.ToArray())];

    private static async Task<float[][]> Rows(ITextEmbedder embedder, string[] texts, string prompt)
    {
        using var matrix = await embedder.EmbedAsync(texts, new EmbedOptions { PromptText = prompt });
        return [.. Enumerable.Range(0, matrix.Count).Select(row => matrix[row].ToArray())];
    }
}
