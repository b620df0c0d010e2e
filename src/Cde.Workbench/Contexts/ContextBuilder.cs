using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Workbench.Contexts;

/// <summary>Runs the first stage of a contextual model over a minicorpus.</summary>
public static class ContextBuilder
{
    /// <summary>Samples a corpus and embeds the sample into a context.</summary>
    /// <param name="encoder">The contextual model.</param>
    /// <param name="corpus">The corpus; null for a sampler that needs none.</param>
    /// <param name="sampler">How to choose documents.</param>
    /// <param name="size">How many documents; null for as many as the model takes. At most that.</param>
    /// <param name="seed">The sampler's seed.</param>
    /// <param name="options">Batches, prompt and length. With a cache, documents that the first stage has seen before are not computed again; the vectors are the same.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">The model is not contextual, the size is more than it takes, or a document is empty.</exception>
    public static Task<CorpusContext> BuildAsync(
        IEncoder encoder, Corpus? corpus, IMinicorpusSampler sampler, int? size = null, long seed = 0, EmbedOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireContextual(encoder);
        return BuildAsync(encoder, Minicorpus.Sample(corpus, sampler, size ?? encoder.ContextSize, seed), options, progress, cancellationToken);
    }

    /// <summary>Embeds a minicorpus into a context. A document that occurs more than once is encoded once.</summary>
    /// <inheritdoc cref="BuildAsync(IEncoder, Corpus?, IMinicorpusSampler, int?, long, EmbedOptions?, IProgress{WorkProgress}?, CancellationToken)"/>
    /// <param name="encoder">The contextual model.</param>
    /// <param name="minicorpus">The sample.</param>
    /// <param name="options">Batches, prompt and length. With a cache, documents that the first stage has seen before are not computed again; the vectors are the same.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static Task<CorpusContext> BuildAsync(
        IEncoder encoder, Minicorpus minicorpus, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireContextual(encoder);
        if (minicorpus.Size > encoder.ContextSize)
        {
            throw new CdeException(
                $"a context of {minicorpus.Size} documents is too large: {encoder.Name} takes at most {encoder.ContextSize}; sample fewer");
        }

        options ??= new EmbedOptions();
        options.Check();
        return Task.Run(() => Build(encoder, minicorpus, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>A context without one of its documents. The next others take its places, so that the size stays; they are encoded again only where the model sees statistics.</summary>
    /// <param name="encoder">The model that made the context.</param>
    /// <param name="context">The context, of two different documents at least.</param>
    /// <param name="documentId">The document to leave out.</param>
    /// <param name="source">The corpus that the context was sampled from.</param>
    /// <param name="options">As <see cref="BuildAsync(IEncoder, Minicorpus, EmbedOptions?, IProgress{WorkProgress}?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">The model or the corpus is another, the context has no such document, or no other.</exception>
    public static async Task<CorpusContext> WithoutAsync(
        IEncoder encoder, CorpusContext context, string documentId, Corpus source, EmbedOptions? options = null, CancellationToken cancellationToken = default)
    {
        context.RequireModel(encoder);
        if (!context.DocumentIds.Contains(documentId))
            throw new CdeException($"the context of {context.CorpusName} has no document \"{documentId}\"; {NearestNames.Suggest(documentId, context.DocumentIds)}");
        if (context.DocumentIds.All(id => id == documentId))
            throw new CdeException($"the context of {context.CorpusName} is made of \"{documentId}\" alone: nothing is left without it; take a larger context");
        return context.Statistics is null
            ? context.Without(documentId)
            : await BuildAsync(encoder, Minicorpus.Of(context, source, documentId), options, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static CorpusContext Build(
        IEncoder encoder, Minicorpus minicorpus, EmbedOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var distinct = minicorpus.Rows.Distinct().Order().ToArray();
        var source = TextSource.Of(minicorpus.Source).Only(distinct);
        var prompt = options.PromptText ?? TextSource.PromptText(encoder, options.PromptName, source.Prompt);
        var stage = new FirstStage(encoder, source, prompt, options, progress);
        stage.Run(cancellationToken);
        var size = encoder.TokensPerDocument * stage.Width;
        var vectors = new float[checked(minicorpus.Size * size)];
        for (var slot = 0; slot < minicorpus.Size; slot++)
        {
            var document = Array.BinarySearch(distinct, minicorpus.Rows[slot]);
            stage.Vectors.AsSpan(document * size, size).CopyTo(vectors.AsSpan(slot * size));
        }

        var origin = new ContextOrigin(
            minicorpus.Sampler, minicorpus.Seed, encoder.Name, encoder.Hash, minicorpus.Source.Name, minicorpus.Source.Hash, prompt,
            encoder.TokensPerDocument);
        return new CorpusContext(origin, [.. minicorpus.Rows.Select(minicorpus.Source.GetId)], vectors, stage.Width, stage.Statistics)
        {
            Work = new ContextWork(distinct.Length, stage.Reused),
        };
    }

    private static void RequireContextual(IEncoder encoder)
    {
        if (!encoder.IsContextual)
            throw new CdeException($"{encoder.Name} takes no context: it embeds each text on its own; take a contextual model");
    }
}
