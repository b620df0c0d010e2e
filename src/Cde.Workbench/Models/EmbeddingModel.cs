using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Models.Static;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// A model loaded from a folder, with its tokenizer, prompts and pooling: a plain encoder (BERT and its kin, MPNet, NomicBERT, ModernBERT, T5, decoders of
/// Llama's shape), a static model, <c>cde</c>'s bi-encoder or the two-stage contextual encoder, in Hugging Face's, sentence-transformers' or the workbench's own layout.
/// </summary>
public sealed class EmbeddingModel : IEncoder, IPooledFirstStage
{
    private readonly LoadedEncoder encoder;

    private EmbeddingModel(string name, string folder, LoadedEncoder encoder, ITokenizer tokenizer, string hash, Device device, ScalarType precision)
    {
        Name = name;
        Folder = folder;
        this.encoder = encoder;
        Tokenizer = tokenizer;
        Hash = hash;
        Device = device;
        Precision = precision;
        encoder.Module.eval();
    }

    /// <summary>The folder it was read from; empty for a concatenation of models.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Hash { get; }

    /// <inheritdoc/>
    public int Dimension => encoder.Dimension;

    /// <inheritdoc/>
    public int MaxTokens => encoder.MaxTokens;

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Prompts => encoder.Prompts;

    /// <inheritdoc/>
    public bool SplitIdentifiers => encoder.SplitIdentifiers;

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public ScalarType Precision { get; }

    /// <summary>How the weights of linear maps and word tables are kept.</summary>
    public WeightStorage Storage { get; private init; }

    /// <inheritdoc/>
    public string PrecisionName => (Storage == WeightStorage.AsComputed ? Precision.ToString() : Storage.ToString()).ToLowerInvariant();

    /// <summary>Bytes that the weights take in memory.</summary>
    public long WeightBytes => CompactWeights.Bytes(encoder.Module);

    /// <inheritdoc/>
    public bool IsContextual => encoder.Contextual is not null || encoder.WithStatistics is not null;

    /// <inheritdoc/>
    public int ContextSize => encoder.Contextual?.Config.CorpusSize ?? encoder.StatisticsSize;

    /// <inheritdoc/>
    public int TokensPerDocument => encoder.Contextual?.Config.TokensPerDocument ?? 0;

    /// <inheritdoc/>
    public bool UsesStatistics => encoder.Contextual?.Config.ContextStatistics ?? encoder.WithStatistics is not null;

    /// <summary>What is computed: the <c>model_type</c> of a plain encoder ("bert", "xlm-roberta", "qwen3" ...), "biencoder", "contextual" or "concatenated".</summary>
    public string Architecture => encoder.Architecture;

    /// <summary>Whether the folder's modules end in a normalisation. Embedders normalise all the same, unless they are told not to.</summary>
    public bool IsNormalized => encoder.IsNormalized;

    /// <summary>
    /// The models of a concatenation (<see cref="Concatenate"/>), in the order of their vectors; empty for every other. Each has its own tokenizer and prompts, so such
    /// a model embeds texts (<see cref="Embedding.TextEmbedder.For"/>), not batches of tokens.
    /// </summary>
    public IReadOnlyList<EmbeddingModel> Parts { get; private init; } = [];

    /// <summary>Trainable numbers.</summary>
    public long ParameterCount => CompactWeights.Count(encoder.Module);

    /// <summary>Whether the model can embed without a context; true for plain models.</summary>
    public bool HasNullContext => encoder.Contextual?.SecondStage.HasNullContext ?? true;

    /// <summary>How its context positions attend; null for a model without a first stage.</summary>
    public ContextAttention? ContextAttention => encoder.Contextual?.Config.ContextAttention;

    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">Holds <c>config.json</c>, <c>model.safetensors</c> (or shards with their index) and the tokenizer's files.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="rules">What holds where the folder does not say it, or in its place; null for what the folder says alone.</param>
    /// <param name="storage">How weights are kept; other than <see cref="WeightStorage.AsComputed"/> with float32 alone.</param>
    /// <exception cref="CdeException">A file is missing, damaged, or of a model that is not computed here.</exception>
    public static EmbeddingModel Load(string folder, Device? device = null, ScalarType precision = ScalarType.Float32, ModelRules? rules = null, WeightStorage storage = WeightStorage.AsComputed)
    {
        if (!Directory.Exists(folder))
            throw new CdeException($"{folder}: there is no such model folder");
        if (precision is not (ScalarType.Float32 or ScalarType.BFloat16))
            throw new CdeException($"precision {precision} is not computed here; float32 and bfloat16 are");
        CompactWeights.RequireFloat32(storage, precision);
        var name = Hub.HubCache.NameOf(folder) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (StaticFolder.Describes(folder))
        {
            if (storage != WeightStorage.AsComputed)
                throw new CdeException($"{folder}: a static model has no linear maps to keep as {storage.ToString().ToLowerInvariant()}; float32 and bfloat16 are computed");
            var (words, splitter) = StaticFolder.Read(folder, device, precision);
            return new EmbeddingModel(name, folder, LoadedEncoder.Of(words), splitter, ModelHash.Of(folder), device ?? CPU, precision);
        }

        var tokenizer = Tokenizers.FromFolder(folder);
        using var scope = NewDisposeScope();
        var encoder = LoadedEncoder.Read(folder, device, precision, rules: rules, storage: storage);
        if (encoder.Contextual is { } contextual)
            contextual.SecondStage.InstructionEnd = tokenizer.TokenId(":");
        CompactWeights.Apply(encoder.Module, storage);
        return new EmbeddingModel(name, folder, encoder, tokenizer, ModelHash.Of(folder, encoder.RuledPooling), device ?? CPU, precision) { Storage = storage };
    }

    /// <summary>Several plain models as one, whose vectors stand side by side, each of length 1 before they are joined (spec ).</summary>
    /// <param name="name">What it is called, such as <c>concat:A+B</c>.</param>
    /// <param name="parts">At least two, on one device; the result owns them.</param>
    /// <exception cref="CdeException">A part is contextual.</exception>
    public static EmbeddingModel Concatenate(string name, IReadOnlyList<EmbeddingModel> parts)
    {
        if (parts.Count < 2)
            throw new CdeException($"{name}: {parts.Count} model; a concatenation has at least two, with + between them");
        if (parts.FirstOrDefault(part => part.IsContextual) is { } contextual)
            throw new CdeException($"{name}: {contextual.Name} is contextual; plain models are concatenated, whose vectors do not depend on a context");
        return new EmbeddingModel(name, "", LoadedEncoder.Of([.. parts.Select(part => part.encoder)]), parts[0].Tokenizer, ConcatenatedHash(parts.Select(part => part.Hash)), parts[0].Device, parts[0].Precision)
        {
            Parts = parts,
            Storage = parts[0].Storage,
        };
    }

    /// <summary>The hash of a concatenation by those of its parts.</summary>
    internal static string ConcatenatedHash(IEnumerable<string> parts) => ContentHash.OfText("concat:" + string.Join('+', parts));

    /// <inheritdoc/>
    public Tensor Encode(PaddedBatch batch)
    {
        if (Parts.Count > 0)
            throw new CdeException($"{Name} is made of models with tokenizers and prompts of their own: embed texts with it, not tokens");
        if (IsContextual)
            throw new CdeException($"{Name} is contextual: it needs a context (or the null context), then the second stage");
        return Inference(() => encoder.Embed(batch.Ids, batch.Mask, batch.TypeIds));
    }

    /// <inheritdoc/>
    public Tensor EncodeFirstStage(PaddedBatch batch)
    {
        var stages = Stages();
        return Inference(() => stages.EmbedContext(batch.Ids, batch.Mask));
    }

    /// <inheritdoc/>
    public bool IsBatchInvariant => encoder.Contextual is { } stages && Storage == WeightStorage.AsComputed && stages.FirstStage.PoolsTextsAlone(Precision, Device.type);

    /// <inheritdoc/>
    public Tensor PoolFirstStage(PaddedBatch batch)
    {
        var stages = Stages();
        return Inference(() => stages.FirstStage.Pool(batch.Ids, batch.Mask));
    }

    /// <inheritdoc/>
    public Tensor FinishFirstStage(Tensor pooled)
    {
        var stages = Stages();
        return Inference(() => stages.FirstStage.Finish(pooled.to_type(Precision).to(Device)));
    }

    /// <inheritdoc/>
    public PreparedContext Prepare(Tensor? contextVectors, ContextStatistics? statistics = null)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var buckets = UsesStatistics ? Buckets(statistics).DetachFromDisposeScope() : null;
        if (encoder.WithStatistics is not null)
            return new StatisticsContext(buckets!);
        var stages = Stages();
        var prefix = stages.SecondStage.Prefix(contextVectors?.to_type(Precision).to(Device));
        if (stages.Config.ContextAttention == Contextual.ContextAttention.Prefix)
            return new PrefixContext(stages.SecondStage.Attend(prefix).Detach(), buckets);
        return new FullContext(prefix.DetachFromDisposeScope(), buckets);
    }

    /// <inheritdoc/>
    public Tensor EncodeSecondStage(PaddedBatch batch, PreparedContext context)
    {
        if (!IsContextual)
            Stages(); // says why not
        return Inference(() => (context, encoder.Module) switch
        {
            (PrefixContext prefix, ContextualEncoder stages) => stages.SecondStage.Embed(batch.Ids, batch.Mask, prefix.State, prefix.Buckets),
            (FullContext full, ContextualEncoder stages) => stages.SecondStage.Embed(batch.Ids, batch.Mask, full.Vectors, full.Buckets),
            (StatisticsContext known, BiEncoder plain) => plain.forward(batch.Ids, batch.Mask, known.Buckets),
            _ => throw new ArgumentException($"the context was prepared by another model than {Name}", nameof(context)),
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        encoder.Dispose();
        foreach (var part in Parts)
            part.Dispose();
    }

    private ContextualEncoder Stages() =>
        encoder.Contextual ?? throw new CdeException($"{Name} is not contextual: it has no first stage and takes no context");

    private Tensor Buckets(ContextStatistics? statistics)
    {
        var size = Tokenizer.VocabularySize;
        if (statistics is null)
            return ContextStatistics.UnknownBuckets(size, Device);
        return statistics.DocumentCounts.Length == size
            ? statistics.Buckets(Device)
            : throw new CdeException($"the context counts {statistics.DocumentCounts.Length} vocabulary ids, {Name} has {size}; build the context again with this model");
    }

    private static Tensor Inference(Func<Tensor> compute)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        return compute().DetachFromDisposeScope();
    }

    private sealed class StatisticsContext(Tensor buckets) : PreparedContext
    {
        public Tensor Buckets { get; } = buckets;

        protected override void Dispose(bool disposing) => Buckets.Dispose();
    }

    private sealed class PrefixContext(PrefixState state, Tensor? buckets) : PreparedContext
    {
        public PrefixState State { get; } = state;

        public Tensor? Buckets { get; } = buckets;

        protected override void Dispose(bool disposing)
        {
            State.Dispose();
            Buckets?.Dispose();
        }
    }

    private sealed class FullContext(Tensor vectors, Tensor? buckets) : PreparedContext
    {
        public Tensor? Buckets { get; } = buckets;

        public Tensor Vectors { get; } = vectors;

        public override int PositionsPerText => (int)Vectors.size(1);

        protected override void Dispose(bool disposing)
        {
            Vectors.Dispose();
            Buckets?.Dispose();
        }
    }
}
