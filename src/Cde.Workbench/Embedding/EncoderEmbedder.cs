using System.Globalization;
using Cde.Workbench.Corpora;
using Cde.Workbench.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>What the embedders over one encoder share: prompts, limits, the cache, and the run itself.</summary>
public abstract class EncoderEmbedder : ITextEmbedder
{
    private protected EncoderEmbedder(IEncoder encoder) => Encoder = encoder;

    /// <inheritdoc/>
    public string ModelName => Encoder.Name;

    /// <inheritdoc/>
    public int Dimension => Encoder.Dimension;

    /// <inheritdoc/>
    public string ModelHash => Encoder.Hash;

    /// <inheritdoc/>
    public abstract string? ContextHash { get; }

    /// <summary>The encoder; it stays its owner's.</summary>
    internal IEncoder Encoder { get; }

    /// <inheritdoc/>
    public Task<EmbeddingMatrix> EmbedAsync(
        Corpus corpus, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        EmbedAsync(TextSource.Of(corpus), options, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<EmbeddingMatrix> EmbedAsync(
        IReadOnlyList<Query> queries, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        EmbedAsync(TextSource.Of(queries), options, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<EmbeddingMatrix> EmbedAsync(
        IReadOnlyList<string> texts, EmbedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        EmbedAsync(TextSource.Of(texts), options, progress, cancellationToken);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Readies what every batch needs (a context), once for a run. Called on the run's thread.</summary>
    private protected abstract int Begin();

    /// <summary>(B, T) -> (B, d), on the run's thread.</summary>
    private protected abstract Tensor Encode(PaddedBatch batch);

    private Task<EmbeddingMatrix> EmbedAsync(
        TextSource source, EmbedOptions? options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        options ??= new EmbedOptions();
        options.Check();
        return Task.Run(() => Embed(source, options, progress, cancellationToken), cancellationToken);
    }

    private EmbeddingMatrix Embed(
        TextSource source, EmbedOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var provenance = Describe(source, options);
        using var noGradients = no_grad();
        var shared = new SharedBatches(options.Processes);
        shared.RequireSame(provenance);
        if (options.Processes is { Rank: > 0 })
        {
            var absent = new AbsentMatrixBuilder(Dimension, provenance);
            return shared.Share(0) == 1 ? Run(absent, provenance) : absent.Complete();
        }

        if (options is { Cache: not null, Processes: not null })
        {
            var isMade = false;
            var found = options.Cache.GetOrMake(
                provenance,
                source,
                Dimension,
                builder =>
                {
                    isMade = true;
                    shared.Share(1);
                    return Run(builder, provenance);
                },
                progress,
                cancellationToken);
            if (!isMade)
                shared.Share(0); // the cache had it: the others are done as well
            return found;
        }

        shared.Share(1);
        if (options.Cache is { } cache)
            return cache.GetOrMake(provenance, source, Dimension, builder => Run(builder, provenance), progress, cancellationToken);
        try
        {
            using var builder = MatrixBuilder.Create(source.Count, Dimension, source.Id, provenance, options.MemoryBytes);
            return Run(builder, provenance);
        }
        catch (IOException failure)
        {
            throw new CdeException(
                $"the vectors of {source.Name} could not be written to a temporary file: {failure.Message.TrimEnd('.')}; "
                + $"free some space in {Path.GetTempPath()} or set TMPDIR to another folder",
                failure);
        }

        EmbeddingMatrix Run(MatrixBuilder target, EmbeddingProvenance made)
        {
            var positionsPerText = Begin();
            return new EmbeddingRun(source, Encoder, made, options, Encode, positionsPerText, progress).Fill(target, cancellationToken);
        }
    }

    private EmbeddingProvenance Describe(TextSource source, EmbedOptions options)
    {
        return new EmbeddingProvenance
        {
            ModelName = Encoder.Name,
            ModelHash = Encoder.Hash,
            ContextHash = ContextHash,
            CorpusName = source.Name,
            CorpusHash = source.Hash(),
            Prompt = options.PromptName ?? source.Prompt,
            PromptText = options.PromptText ?? TextSource.PromptText(Encoder, options.PromptName, source.Prompt),
            Precision = Encoder.PrecisionName,
            ComputePath = PathOf(Encoder),
            MaxTokens = options.MaxTokensFor(Encoder),
            IsNormalized = options.Normalize,
            Batching = string.Create(
                CultureInfo.InvariantCulture,
                $"{options.TokenBudget} positions, {options.MaxBatchTexts} texts; {options.WindowTexts} texts, {options.WindowCharacters} characters"),
        };
    }

    /// <summary>How an encoder computes, the device first, as provenance names it.</summary>
    internal static string PathOf(IEncoder encoder) => $"{encoder.Device.type.ToString().ToLowerInvariant()}/{KernelsOf(encoder)}";

    private static string KernelsOf(IEncoder encoder) =>
        encoder.Device.type == DeviceType.CPU && encoder is not Models.EmbeddingModel { Storage: not Models.WeightStorage.AsComputed } ? Models.ComputePath.Inference(encoder.Precision) : Models.ComputePath.Current;
}
