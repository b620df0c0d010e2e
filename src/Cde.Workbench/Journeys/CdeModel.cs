using System.Globalization;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Journeys;

/// <summary>
/// <c>cde</c>'s two stages: the first embeds a minicorpus of the corpus once (<c>dataset_embeddings</c>), the second every query and document given that. Vectors are as
/// the model gives them unless normalisation is asked for, as there.
/// </summary>
public sealed class CdeModel : IDisposable
{
    private ContextualEmbedder? last;

    private CdeModel(EmbeddingModel model) => Model = model;

    /// <summary>The model beneath. It goes with this object.</summary>
    public EmbeddingModel Model { get; }

    /// <summary>How many documents a minicorpus has (<c>transductive_corpus_size</c>); 512 in the published models.</summary>
    public int ContextSize => Model.ContextSize;

    /// <summary>Loads a model.</summary>
    /// <param name="nameOrFolder">A known name, owner/name or a folder.</param>
    /// <param name="device">The CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <exception cref="CdeException">The model cannot be loaded, or has no first stage.</exception>
    public static CdeModel Load(string nameOrFolder, Device? device = null, ScalarType precision = ScalarType.Float32)
    {
        var model = KnownModels.Load(nameOrFolder, device, precision);
        if (model.TokensPerDocument > 0)
            return new CdeModel(model);
        model.Dispose();
        throw new CdeException($"{nameOrFolder} has no first stage, so it takes no dataset embeddings; load it as a SentenceTransformer, or take a two-stage model");
    }

    /// <summary>
    /// Draws as many documents as a minicorpus has: different ones where there are enough, else with repetition, so that there are always <see cref="ContextSize"/>.
    /// </summary>
    /// <param name="documents">The corpus; at least one.</param>
    /// <param name="seed">The same one draws the same documents.</param>
    public IReadOnlyList<string> SampleMinicorpus(IReadOnlyList<string> documents, long seed = 0) => documents.Count == 0
        ? throw new CdeException("there are no documents to draw a minicorpus from; without a corpus, embed random strings (EncodeDatasetAsync without documents)")
        : [.. new RandomSampler().Sample(documents.Count, ContextSize, seed).Select(row => documents[row])];

    /// <summary>
    /// The first stage over a minicorpus: <c>first_stage_model(**docs)</c>, or <c>encode(minicorpus, prompt_name="document")</c>. Of more documents than
    /// <see cref="ContextSize"/> the first ones count; fewer are taken as they are.
    /// </summary>
    /// <param name="minicorpus">The documents, in their order; null where nothing is known of the corpus: random strings, without a prompt, are the original's substitute.</param>
    /// <param name="promptName">Which of the model's prompts stands in front of each.</param>
    /// <param name="prompt">What stands in front, in place of a named prompt.</param>
    /// <param name="seed">Decides the random strings.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The dataset embeddings, not normalised, with their identity.</returns>
    /// <exception cref="CdeException">The model has no such prompt, or a document is empty.</exception>
    public Task<CorpusContext> EncodeDatasetAsync(
        IReadOnlyList<string>? minicorpus, string promptName = "document", string? prompt = null, long seed = 0, CancellationToken cancellationToken = default)
    {
        if (minicorpus is null)
            return ContextBuilder.BuildAsync(Model, null, new RandomStringsSampler(), seed: seed, options: new EmbedOptions { PromptText = prompt ?? "" }, cancellationToken: cancellationToken);
        if (minicorpus.Count == 0)
            throw new CdeException("the minicorpus has no documents; give some, or null for random strings");
        var corpus = new MemoryCorpus("minicorpus", minicorpus.Take(ContextSize).Select((text, row) => new Document(row.ToString(CultureInfo.InvariantCulture), text)));
        return ContextBuilder.BuildAsync(
            Model, corpus, new GivenOrderSampler(), corpus.Count, options: new EmbedOptions { PromptName = prompt is null ? promptName : null, PromptText = prompt }, cancellationToken: cancellationToken);
    }

    /// <summary>Dataset embeddings that were computed elsewhere, as a context of this model.</summary>
    /// <param name="vectors">One a document, as the first stage gives them; of more than the model takes the first ones count.</param>
    /// <exception cref="CdeException">They differ in width, or the model wants word statistics too, which vectors do not carry.</exception>
    public CorpusContext DatasetEmbeddings(IReadOnlyList<float[]> vectors)
    {
        if (Model.UsesStatistics)
            throw new CdeException($"{Model.Name} sees in how many documents words occur, which vectors do not tell; give it the documents (EncodeDatasetAsync)");
        if (vectors.Count == 0 || vectors.Any(vector => vector.Length != vectors[0].Length))
            throw new CdeException("dataset embeddings are vectors of one width, at least one");
        float[][] kept = [.. vectors.Take(ContextSize * Model.TokensPerDocument)];
        if (kept.Length % Model.TokensPerDocument != 0)
            throw new CdeException($"{kept.Length} dataset embeddings were given; {Model.Name} has {Model.TokensPerDocument} a document");
        float[] numbers = [.. kept.SelectMany(vector => vector)];
        using var hash = ContentHash.Build();
        var identity = hash.Add("given vectors").Add(numbers.AsSpan()).ToHash();
        var origin = new ContextOrigin("given", 0, Model.Name, Model.Hash, "given vectors", identity, "", Model.TokensPerDocument);
        string[] ids = [.. Enumerable.Range(0, kept.Length / Model.TokensPerDocument).Select(row => row.ToString(CultureInfo.InvariantCulture))];
        return new CorpusContext(origin, ids, numbers, vectors[0].Length);
    }

    /// <summary>The second stage: <c>encode(texts, prompt_name=..., dataset_embeddings=...)</c>.</summary>
    /// <param name="texts">The texts; none may be empty.</param>
    /// <param name="datasetEmbeddings">What <see cref="EncodeDatasetAsync"/> gave.</param>
    /// <param name="promptName">Which of the model's prompts stands in front of each: "query", "document"; null for none.</param>
    /// <param name="prompt">What stands in front, in place of a named prompt.</param>
    /// <param name="normalizeEmbeddings">Whether vectors get length 1; without it a score is a cosine only after the caller has done so.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">The model has no such prompt (the known ones are named), or another model made the dataset embeddings.</exception>
    public async Task<EmbeddingMatrix> EncodeAsync(
        IReadOnlyList<string> texts, CorpusContext datasetEmbeddings, string? promptName = null, string? prompt = null, bool normalizeEmbeddings = false,
        CancellationToken cancellationToken = default)
    {
        var options = new EmbedOptions { PromptName = prompt is null ? promptName : null, PromptText = prompt ?? (promptName is null ? "" : null), Normalize = normalizeEmbeddings };
        return await Embedder(datasetEmbeddings).EmbedAsync(texts, options, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose()
    {
        last?.Dispose();
        Model.Dispose();
    }

    // Queries and documents come with the same dataset embeddings, which are readied once.
    private ContextualEmbedder Embedder(CorpusContext context)
    {
        if (last?.Context == context)
            return last;
        var embedder = new ContextualEmbedder(Model, context);
        last?.Dispose();
        return last = embedder;
    }
}
