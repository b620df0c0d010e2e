using Cde.Workbench.Corpora;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Turns texts into float32 vectors, L2-normalised unless the options say otherwise. Work runs on a thread of its own, reports progress in texts, stops between batches when
/// it is cancelled, and frees every tensor however it ends.
/// </summary>
/// <remarks>
/// Memory does not depend on the number of texts. Above what the encoder itself needs for one batch it is at most
/// <c>W (4 c + 12 t + 4 d) + 16 d B</c> bytes and the runtime's garbage (under 128 MiB), where W is the texts in a window
/// (<see cref="EmbedOptions.WindowTexts"/>, or as many as have <see cref="EmbedOptions.WindowCharacters"/>), c and t their mean characters
/// and tokens, d the width and B <see cref="EmbedOptions.MaxBatchTexts"/>; at c 100, t 30, d 384 and the defaults 39 MiB. The result is
/// mapped from its file, unless it is uncached and fits <see cref="EmbedOptions.MemoryBytes"/>. The corpus has its own index. Measured on
/// 1,000,000 documents of 60 characters at d 384: the process grew by 95 MiB, where the vectors are 1,464 MiB.
/// </remarks>
public interface ITextEmbedder : IDisposable
{
    /// <summary>The model's name, as a person reads it.</summary>
    string ModelName => GetType().Name;

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
