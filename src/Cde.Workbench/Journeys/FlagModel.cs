using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Journeys;

/// <summary>FlagEmbedding's <c>FlagModel</c> (1.0.3): an instruction in front of queries, none in front of passages, CLS or mean pooling, vectors of length 1.</summary>
public sealed class FlagModel : OriginalModel
{
    /// <summary>The original's <c>max_length</c>, in tokens.</summary>
    public const int MaxLength = 512;

    private FlagModel(EmbeddingModel model, string queryInstruction, bool normalizeEmbeddings)
        : base(model) => (QueryInstruction, NormalizeEmbeddings) = (queryInstruction, normalizeEmbeddings);

    /// <summary>What stands in front of queries, joined as it is; empty for nothing.</summary>
    public string QueryInstruction { get; }

    /// <summary>Whether vectors have length 1.</summary>
    public bool NormalizeEmbeddings { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="nameOrFolder">A known name, owner/name or a folder.</param>
    /// <param name="queryInstructionForRetrieval">What stands in front of queries; null for nothing.</param>
    /// <param name="pooling">CLS or mean, whatever the folder says, as in the original.</param>
    /// <param name="normalizeEmbeddings">Whether vectors get length 1.</param>
    /// <param name="device">The CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <exception cref="CdeException">Another pooling, or the model cannot be loaded.</exception>
    public static FlagModel Load(
        string nameOrFolder, string? queryInstructionForRetrieval = null, PoolingModes pooling = PoolingModes.Cls, bool normalizeEmbeddings = true, Device? device = null,
        ScalarType precision = ScalarType.Float32) => pooling is PoolingModes.Cls or PoolingModes.Mean
        ? new FlagModel(Open(nameOrFolder, pooling, device, precision), queryInstructionForRetrieval ?? "", normalizeEmbeddings)
        : throw new CdeException($"FlagModel pools by Cls or Mean, {pooling} was asked for; SentenceTransformer follows the model's own pooling");

    /// <summary><c>encode</c>: no instruction.</summary>
    /// <param name="sentences">The texts; none may be empty.</param>
    /// <param name="maxLength">In tokens; at most what the model takes.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public Task<EmbeddingMatrix> EncodeAsync(IReadOnlyList<string> sentences, int maxLength = MaxLength, CancellationToken cancellationToken = default) =>
        EncodeAsync(sentences, "", NormalizeEmbeddings, maxLength, cancellationToken);

    /// <summary><c>encode_queries</c>: the instruction in front of each.</summary>
    /// <inheritdoc cref="EncodeAsync(IReadOnlyList{string}, int, CancellationToken)"/>
    /// <param name="queries">The queries; none may be empty.</param>
    /// <param name="maxLength">In tokens, the instruction's included.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public Task<EmbeddingMatrix> EncodeQueriesAsync(IReadOnlyList<string> queries, int maxLength = MaxLength, CancellationToken cancellationToken = default) =>
        EncodeAsync(queries, QueryInstruction, NormalizeEmbeddings, maxLength, cancellationToken);

    /// <summary><c>encode_corpus</c>: as <c>encode</c>.</summary>
    /// <inheritdoc cref="EncodeAsync(IReadOnlyList{string}, int, CancellationToken)"/>
    /// <param name="corpus">The passages; none may be empty.</param>
    /// <param name="maxLength">In tokens.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public Task<EmbeddingMatrix> EncodeCorpusAsync(IReadOnlyList<string> corpus, int maxLength = MaxLength, CancellationToken cancellationToken = default) =>
        EncodeAsync(corpus, maxLength, cancellationToken);
}
