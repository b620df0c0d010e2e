using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Journeys;

/// <summary>
/// open-retrievals' <c>AutoModelForEmbedding</c>: pooling by name, instructions with a place for the text, vectors as the model gives them unless normalisation is asked
/// for, the first numbers alone for Matryoshka models. Encoders and decoders.
/// </summary>
public sealed class AutoModelForEmbedding : OriginalModel
{
    private static readonly Dictionary<string, PoolingModes> Poolings = new()
    {
        ["cls"] = PoolingModes.Cls,
        ["first"] = PoolingModes.Cls,
        ["mean"] = PoolingModes.Mean,
        ["avg"] = PoolingModes.Mean,
        ["average"] = PoolingModes.Mean,
        ["last"] = PoolingModes.LastToken,
        ["eos"] = PoolingModes.LastToken,
    };

    private AutoModelForEmbedding(EmbeddingModel model)
        : base(model)
    {
    }

    /// <summary>Whether vectors get length 1.</summary>
    public bool NormalizeEmbeddings { get; private init; }

    /// <summary>The instruction of queries; the text takes the place of <c>{}</c>, or stands behind.</summary>
    public string QueryInstruction { get; private init; } = InstructionTemplate.Place;

    /// <summary>The instruction of documents, likewise.</summary>
    public string DocumentInstruction { get; private init; } = InstructionTemplate.Place;

    /// <summary>How many of the first numbers are kept; null for all.</summary>
    public int? MatryoshkaDimension { get; private init; }

    /// <summary>The longest text in tokens; null for what the model takes.</summary>
    public int? MaxLength { get; private init; }

    /// <summary><c>from_pretrained</c>.</summary>
    /// <param name="nameOrFolder">A known name, owner/name or a folder.</param>
    /// <param name="poolingMethod">cls or first; mean, avg or average; last or eos. <c>weighted</c> is refused: the original cannot make it either, as it never says how many layers there are to weigh.</param>
    /// <param name="normalizeEmbeddings">Whether vectors get length 1.</param>
    /// <param name="queryInstruction">With <c>{}</c> where the text goes. One without it would lose the text in the original; here the text stands behind it.</param>
    /// <param name="documentInstruction">Likewise.</param>
    /// <param name="matryoshkaDimension">Keeps the first so many numbers (<c>mrl_dim</c>); null for all.</param>
    /// <param name="maxLength">In tokens; null for what the model takes.</param>
    /// <param name="device">The CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <exception cref="CdeException">Another pooling, a dimension out of range, or the model cannot be loaded.</exception>
    public static AutoModelForEmbedding FromPretrained(
        string nameOrFolder, string poolingMethod = "cls", bool normalizeEmbeddings = false, string queryInstruction = InstructionTemplate.Place,
        string documentInstruction = InstructionTemplate.Place, int? matryoshkaDimension = null, int? maxLength = null, Device? device = null, ScalarType precision = ScalarType.Float32)
    {
        if (!Poolings.TryGetValue(poolingMethod, out var pooling))
        {
            throw new CdeException(poolingMethod == "weighted"
                ? $"pooling method \"weighted\" fails in open-retrievals too, which never says how many layers it weighs; {string.Join(", ", Poolings.Keys)} are computed"
                : $"pooling method \"{poolingMethod}\" is not computed here; {string.Join(", ", Poolings.Keys)} are");
        }

        var result = new AutoModelForEmbedding(Open(nameOrFolder, pooling, device, precision))
        {
            NormalizeEmbeddings = normalizeEmbeddings,
            QueryInstruction = queryInstruction,
            DocumentInstruction = documentInstruction,
            MatryoshkaDimension = matryoshkaDimension,
            MaxLength = maxLength,
        };
        if (matryoshkaDimension is not { } kept || (kept >= 1 && kept <= result.Model.Dimension))
            return result;
        result.Dispose();
        throw new CdeException($"{kept} dimensions were asked of {nameOrFolder}, whose vectors have {result.Model.Dimension}; ask for 1 to {result.Model.Dimension}");
    }

    /// <summary><c>encode</c>: with the instruction of documents, or of queries.</summary>
    /// <param name="texts">The texts; none may be empty.</param>
    /// <param name="isQuery">Whose instruction.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<EmbeddingMatrix> EncodeAsync(IReadOnlyList<string> texts, bool isQuery = false, CancellationToken cancellationToken = default)
    {
        var instruction = isQuery ? QueryInstruction : DocumentInstruction;
        string[] instructed = [.. texts.Select(text => InstructionTemplate.Apply(instruction, text))];
        if (MatryoshkaDimension is not { } kept || kept == Model.Dimension)
            return await EncodeAsync(instructed, "", NormalizeEmbeddings, MaxLength, cancellationToken).ConfigureAwait(false);
        using var full = await EncodeAsync(instructed, "", normalize: false, MaxLength, cancellationToken).ConfigureAwait(false);
        return full.Truncate(kept, normalize: NormalizeEmbeddings);
    }

    /// <summary><c>encode_queries</c>.</summary>
    /// <param name="queries">The queries; none may be empty.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public Task<EmbeddingMatrix> EncodeQueriesAsync(IReadOnlyList<string> queries, CancellationToken cancellationToken = default) => EncodeAsync(queries, isQuery: true, cancellationToken);

    /// <summary><c>encode_corpus</c>.</summary>
    /// <param name="corpus">The documents; none may be empty.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public Task<EmbeddingMatrix> EncodeCorpusAsync(IReadOnlyList<string> corpus, CancellationToken cancellationToken = default) => EncodeAsync(corpus, isQuery: false, cancellationToken);

    /// <summary><c>similarity</c>: of each query with each document, [Q, N].</summary>
    /// <param name="queries">What <see cref="EncodeQueriesAsync"/> gave.</param>
    /// <param name="documents">What <see cref="EncodeCorpusAsync"/> gave.</param>
    /// <param name="function">The cosine, or the inner product.</param>
    public static float[,] Similarity(EmbeddingMatrix queries, EmbeddingMatrix documents, SimilarityFunction function = SimilarityFunction.Cosine) => Similarities.Between(queries, documents, function);
}
