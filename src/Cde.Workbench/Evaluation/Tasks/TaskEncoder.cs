using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Search;

namespace Cde.Workbench.Evaluation;

/// <summary>An embedder as a task sees it: texts go in front of which the task's instruction is put, matrices come out. The embedder stays its owner's.</summary>
/// <param name="embedder">The embedder.</param>
/// <param name="instruction">What is put in front of queries and documents.</param>
/// <param name="options">Batches, length and cache.</param>
/// <param name="progress">Told after each batch.</param>
public sealed class TaskEncoder(ITextEmbedder embedder, TaskInstruction instruction, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null)
{
    private readonly EmbedOptions _options = options ?? new EmbedOptions();

    /// <summary>What is put in front of the texts.</summary>
    public TaskInstruction Instruction { get; } = instruction;

    /// <summary>A cross-encoder that orders what a retrieval task found anew; it stays its owner's. Null for none.</summary>
    public IReranker? Reranker { get; init; }

    /// <summary>Documents a query that the cross-encoder reads.</summary>
    /// <value>At least 1; default 100.</value>
    public int RerankTop { get; init; } = Reranking.DefaultTop;

    /// <summary>Told of long work.</summary>
    internal IProgress<WorkProgress>? Progress => progress;

    /// <summary>The vectors of texts that ask, one a row; the caller disposes of them.</summary>
    public Task<EmbeddingMatrix> QueriesAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(texts, _options with { PromptText = Instruction.Query }, progress, cancellationToken);

    /// <summary>The vectors of texts that answer, or of a task without queries, one a row; the caller disposes of them.</summary>
    public Task<EmbeddingMatrix> DocumentsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(texts, _options with { PromptText = Instruction.Document }, progress, cancellationToken);

    /// <summary>The vectors of a task's queries, with their ids.</summary>
    public Task<EmbeddingMatrix> QueriesAsync(IReadOnlyList<Query> queries, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(queries, _options with { PromptText = Instruction.Query }, progress, cancellationToken);

    /// <summary>The vectors of a corpus, with its ids.</summary>
    public Task<EmbeddingMatrix> DocumentsAsync(Corpus corpus, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(corpus, _options with { PromptText = Instruction.Document }, progress, cancellationToken);
}
