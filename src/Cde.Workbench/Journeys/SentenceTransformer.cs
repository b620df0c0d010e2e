using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Journeys;

/// <summary>
/// sentence-transformers' <c>SentenceTransformer</c>: the folder's own modules, prompts and similarity; vectors have length 1 where its modules end in a normalisation or
/// the call asks for it.
/// </summary>
public sealed class SentenceTransformer : OriginalModel
{
    // What encode_document looks for, in this order.
    private static readonly string[] DocumentPrompts = ["document", "passage", "corpus"];

    private SentenceTransformer(EmbeddingModel model, JsonConfig? config, IReadOnlyDictionary<string, string>? prompts)
        : base(model)
    {
        Prompts = prompts ?? model.Prompts;
        DefaultPromptName = config?.Text(["default_prompt_name"], "") is { Length: > 0 } name ? name : null;
        var similarity = config?.Text(["similarity_fn_name"], "cosine") ?? "cosine";
        SimilarityFunction = Enum.TryParse<SimilarityFunction>(similarity, ignoreCase: true, out var function)
            ? function
            : throw new CdeException($"{config!.Path}: \"similarity_fn_name\" is \"{similarity}\", which is not computed here; {string.Join(", ", Enum.GetNames<SimilarityFunction>()).ToLowerInvariant()} are");
    }

    /// <summary>Texts put in front, by name.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; }

    /// <summary>The prompt of a call that names none; null for none.</summary>
    public string? DefaultPromptName { get; }

    /// <summary>What <see cref="Similarity"/> computes.</summary>
    public SimilarityFunction SimilarityFunction { get; }

    /// <summary>How many of the first numbers a call keeps that does not say so itself; null for all.</summary>
    public int? TruncateDimension { get; private init; }

    /// <summary>Loads a model.</summary>
    /// <param name="nameOrFolder">A known name, owner/name or a folder.</param>
    /// <param name="prompts">In place of the folder's; null for those.</param>
    /// <param name="truncateDimension">Keeps the first so many numbers (<c>truncate_dim</c>); null for all.</param>
    /// <param name="device">The CPU where null.</param>
    /// <param name="precision">float32 or bfloat16: what is computed in. What vectors are stored in is <see cref="EncodeQuantizedAsync"/>'s.</param>
    /// <exception cref="CdeException">The model cannot be loaded, or its similarity is not computed here.</exception>
    public static SentenceTransformer Load(
        string nameOrFolder, IReadOnlyDictionary<string, string>? prompts = null, int? truncateDimension = null, Device? device = null, ScalarType precision = ScalarType.Float32)
    {
        var model = Open(nameOrFolder, null, device, precision);
        try
        {
            var path = Path.Combine(model.Folder, "config_sentence_transformers.json");
            return new SentenceTransformer(model, File.Exists(path) ? JsonConfig.Read(path) : null, prompts) { TruncateDimension = truncateDimension };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary><c>encode</c>.</summary>
    /// <param name="sentences">The texts; none may be empty.</param>
    /// <param name="promptName">Which of the prompts stands in front; null for the default one, where there is one.</param>
    /// <param name="prompt">What stands in front, in place of a named prompt.</param>
    /// <param name="normalizeEmbeddings">Whether vectors get length 1, after truncation.</param>
    /// <param name="truncateDimension">Keeps the first so many numbers; null as the model was loaded.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">There is no such prompt (the known ones are named), or the dimension is out of range.</exception>
    public async Task<EmbeddingMatrix> EncodeAsync(
        IReadOnlyList<string> sentences, string? promptName = null, string? prompt = null, bool normalizeEmbeddings = false, int? truncateDimension = null,
        CancellationToken cancellationToken = default)
    {
        var text = prompt ?? PromptText(promptName ?? DefaultPromptName);
        var kept = truncateDimension ?? TruncateDimension ?? Model.Dimension;
        if (kept < 1 || kept > Model.Dimension)
            throw new CdeException($"{kept} dimensions were asked of {Model.Name}, whose vectors have {Model.Dimension}; ask for 1 to {Model.Dimension}");
        if (kept == Model.Dimension)
            return await EncodeAsync(sentences, text, Model.IsNormalized || normalizeEmbeddings, null, cancellationToken).ConfigureAwait(false);
        using var full = await EncodeAsync(sentences, text, Model.IsNormalized, null, cancellationToken).ConfigureAwait(false);
        return full.Truncate(kept, normalize: normalizeEmbeddings);
    }

    /// <summary><c>encode_query</c>: the prompt "query", where there is one.</summary>
    /// <inheritdoc cref="EncodeAsync(IReadOnlyList{string}, string?, string?, bool, int?, CancellationToken)"/>
    public Task<EmbeddingMatrix> EncodeQueryAsync(
        IReadOnlyList<string> sentences, string? promptName = null, string? prompt = null, bool normalizeEmbeddings = false, int? truncateDimension = null,
        CancellationToken cancellationToken = default) =>
        EncodeAsync(sentences, promptName ?? (Prompts.ContainsKey("query") ? "query" : null), prompt, normalizeEmbeddings, truncateDimension, cancellationToken);

    /// <summary><c>encode_document</c>: the first there is of the prompts "document", "passage" and "corpus".</summary>
    /// <inheritdoc cref="EncodeAsync(IReadOnlyList{string}, string?, string?, bool, int?, CancellationToken)"/>
    public Task<EmbeddingMatrix> EncodeDocumentAsync(
        IReadOnlyList<string> sentences, string? promptName = null, string? prompt = null, bool normalizeEmbeddings = false, int? truncateDimension = null,
        CancellationToken cancellationToken = default) =>
        EncodeAsync(sentences, promptName ?? Array.Find(DocumentPrompts, Prompts.ContainsKey), prompt, normalizeEmbeddings, truncateDimension, cancellationToken);

    /// <summary><c>encode(..., precision=...)</c>: vectors in fewer bits.</summary>
    /// <param name="sentences">The texts; none may be empty.</param>
    /// <param name="precision">int8, uint8 or bits.</param>
    /// <param name="ranges">The ranges that bytes are spread over, from a calibration set; the vectors' own where null.</param>
    /// <param name="promptName">Which of the prompts stands in front.</param>
    /// <param name="normalizeEmbeddings">Whether vectors get length 1 first.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<QuantizedMatrix> EncodeQuantizedAsync(
        IReadOnlyList<string> sentences, VectorPrecision precision, ComponentRanges? ranges = null, string? promptName = null, bool normalizeEmbeddings = false,
        CancellationToken cancellationToken = default)
    {
        using var vectors = await EncodeAsync(sentences, promptName, null, normalizeEmbeddings, null, cancellationToken).ConfigureAwait(false);
        return QuantizedMatrix.Of(vectors, precision, ranges);
    }

    /// <summary><c>similarity</c>: of each vector with each, [N, M].</summary>
    /// <param name="first">N vectors.</param>
    /// <param name="second">M vectors of the same width.</param>
    public float[,] Similarity(EmbeddingMatrix first, EmbeddingMatrix second) => Similarities.Between(first, second, SimilarityFunction);

    /// <summary><c>similarity_pairwise</c>: of the vectors at the same place, [N].</summary>
    /// <param name="first">N vectors.</param>
    /// <param name="second">N vectors of the same width.</param>
    public float[] SimilarityPairwise(EmbeddingMatrix first, EmbeddingMatrix second) => Similarities.Pairwise(first, second, SimilarityFunction);

    private string PromptText(string? name) => name is null ? ""
        : Prompts.TryGetValue(name, out var text) ? text
        : throw new CdeException(Prompts.Count == 0
            ? $"{Model.Name} has no prompts; leave the prompt \"{name}\" out"
            : $"{Model.Name} has no prompt \"{name}\"; {NearestNames.Suggest(name, Prompts.Keys)}");
}
