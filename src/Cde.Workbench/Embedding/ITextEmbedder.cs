using Cde.Workbench.Corpora;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Turns texts into L2-normalised float32 vectors. Work runs on a thread of its own, reports progress in texts, stops between batches when
/// it is cancelled, and frees every tensor however it ends.
/// </summary>
/// <remarks>
/// Memory, whatever the number of texts: the window's characters twice (as read, and with identifiers split) and its tokens, its vectors
/// (<see cref="EmbedOptions.WindowTexts"/> x d x 4 bytes), the encoder's own need for one batch, the ids of the corpus' offset index, and
/// the result where it is small enough to stay in memory (<see cref="EmbedOptions.MemoryBytes"/>).
/// </remarks>
public interface ITextEmbedder : IDisposable
{
    /// <summary>The width of the vectors.</summary>
    int Dimension { get; }

    /// <summary>The model's content hash.</summary>
    string ModelHash { get; }

    /// <summary>The hash of the context that vectors are conditioned on; null for a plain model.</summary>
    string? ContextHash { get; }

    /// <summary>Embeds a corpus; ids are the documents'. The prompt is "document" unless the options name another.</summary>
    /// <exception cref="CdeException">A document is empty, the model has no such prompt, or the cache cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; with a cache, the same call resumes where this one stopped.</exception>
    Task<EmbeddingMatrix> EmbedAsync(
        Corpus corpus, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Embeds queries; ids are the queries'. The prompt is "query" unless the options name another.</summary>
    /// <inheritdoc cref="EmbedAsync(Corpus, EmbedOptions?, IProgress{WorkProgress}?, CancellationToken)" path="/exception"/>
    Task<EmbeddingMatrix> EmbedAsync(
        IReadOnlyList<Query> queries, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Embeds texts; ids are their positions, from "0". The prompt is "document" unless the options name another.</summary>
    /// <inheritdoc cref="EmbedAsync(Corpus, EmbedOptions?, IProgress{WorkProgress}?, CancellationToken)" path="/exception"/>
    Task<EmbeddingMatrix> EmbedAsync(
        IReadOnlyList<string> texts, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default);
}
