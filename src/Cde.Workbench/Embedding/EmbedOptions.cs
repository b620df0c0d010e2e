using Cde.Torch;
using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding;

/// <summary>How texts are embedded. None of it changes what a vector means; all of it is part of a cached matrix's identity.</summary>
public sealed record EmbedOptions
{
    /// <summary>The prompt put in front of every text, by its name in the model ("query" or "document").</summary>
    /// <value>Default: null, which is "document" for a corpus or texts and "query" for queries.</value>
    public string? PromptName { get; init; }

    /// <summary>What is put in front of every text, in place of a prompt of the model; empty for nothing.</summary>
    /// <value>Default: null, the prompt that <see cref="PromptName"/> names.</value>
    public string? PromptText { get; init; }

    /// <summary>Whether vectors are divided by their length. Without it they are as the model gives them, which is what some originals return.</summary>
    /// <value>Default: true.</value>
    public bool Normalize { get; init; } = true;

    /// <summary>The longest text in tokens, special tokens and prompt included; longer texts are cut.</summary>
    /// <value>Default: null, the model's own limit. At most that.</value>
    public int? MaxTokens { get; init; }

    /// <summary>The most positions (rows times padded length) that one batch computes.</summary>
    /// <value>Default: 8,192. At least 1; a longer text is a batch of its own.</value>
    public int TokenBudget { get; init; } = 8192;

    /// <summary>The most texts in one batch.</summary>
    /// <value>Default: 512.</value>
    public int MaxBatchTexts { get; init; } = 512;

    /// <summary>The most texts that are read, tokenised and sorted by length together.</summary>
    /// <value>Default: 16,384, where the padding tax of sorted batches has long stopped falling.</value>
    public int WindowTexts { get; init; } = 16_384;

    /// <summary>The most characters that are read together; a window ends before the text that would pass it.</summary>
    /// <value>Default: 16,777,216 (32 MiB of text in memory). A longer text is a window of its own.</value>
    public int WindowCharacters { get; init; } = 1 << 24;

    /// <summary>Above this size the vectors of an uncached run go to a temporary file instead of memory.</summary>
    /// <value>In bytes. Default: 268,435,456 (256 MiB).</value>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>How often a cached run writes down what it has, besides at the end of each window and when it is stopped.</summary>
    /// <value>Default: one minute.</value>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where finished matrices are kept and looked up, unfinished ones resume from, and contexts find what their first stage has computed before.</summary>
    /// <value>Default: null, no cache. <see cref="EmbeddingCache.Default"/> is the user's.</value>
    public EmbeddingCache? Cache { get; init; }

    /// <summary>
    /// The processes that share the batches, each with the same model, texts and options. Rank 0 gets the matrix, the same as with one process, and reads and writes
    /// the cache; the others get an empty one.
    /// </summary>
    /// <value>Default: null, this process alone.</value>
    public ProcessGroup? Processes { get; init; }

    /// <summary>The length at which texts are cut for an encoder.</summary>
    /// <exception cref="CdeException">More than the encoder takes was asked for.</exception>
    internal int MaxTokensFor(IEncoder encoder)
    {
        var tokens = MaxTokens ?? encoder.MaxTokens;
        return tokens >= 1 && tokens <= encoder.MaxTokens
            ? tokens
            : throw new CdeException($"max tokens {tokens} is out of range: {encoder.Name} takes 1 to {encoder.MaxTokens}");
    }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TokenBudget);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatchTexts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(WindowTexts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(WindowCharacters);
        ArgumentOutOfRangeException.ThrowIfNegative(MemoryBytes);
    }
}
