using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Contextual;

/// <summary>
/// The second stage of a two-stage model (spec ): context vectors, soft prompts and the text's tokens in one sequence through NomicBERT or ModernBERT,
/// mean pooling, linear - ReLU - linear. No normalisation.
/// </summary>
public sealed class SecondStage : nn.Module
{
    private readonly ContextualConfig config;
    private readonly BackboneEncoder backbone;
    private readonly TwoLayerHead promptProjection;
    private readonly TwoLayerHead outputProjection;
    private readonly Parameter? nullEmbedding;
    private readonly StatisticsLayer? statistics;
    private readonly long width;

    /// <summary>Builds the stage from weights under <c>backbone.*</c>, <c>prompt_projection.*</c>, <c>output_projection.*</c>, <c>sequence_dropout_null_embedding</c>.</summary>
    public SecondStage(ContextualConfig config, WeightScope weights)
        : base(nameof(SecondStage))
    {
        this.config = config;
        width = config.Backbone.Width;
        backbone = ModuleTree.Add(this, "backbone", config.Backbone.Build(weights["backbone"]));
        promptProjection = ModuleTree.Add(this, "prompt_projection", new TwoLayerHead(weights["prompt_projection"], width, width * config.SoftPrompts, gelu: false));
        outputProjection = ModuleTree.Add(this, "output_projection", new TwoLayerHead(weights["output_projection"], width, width, gelu: false));
        if (weights.Has("sequence_dropout_null_embedding"))
        {
            nullEmbedding = weights.Take("sequence_dropout_null_embedding", width);
            register_parameter("sequence_dropout_null_embedding", nullEmbedding);
        }

        if (config.ContextStatistics)
            statistics = ModuleTree.Add(this, "context_statistics", new StatisticsLayer(weights["context_statistics"], width));
    }

    /// <summary>Whether the checkpoint has a null vector, so that it can embed without a context. cde-small-v1 has none.</summary>
    public bool HasNullContext => nullEmbedding is not null;

    /// <summary>
    /// The vectors in front of the text, without the norm: context (K, d) shared, or (B, K, d), and the soft prompts -> (1 or B, K + soft, d). More than C
    /// context vectors are cut to the first C; fewer are taken as they are.
    /// </summary>
    /// <param name="context">First-stage vectors; null for the null context, C copies of the null vector.</param>
    /// <param name="dropped">(1 or B, K) booleans: true where the null vector stands in for a context vector; null for none.</param>
    public Tensor Prefix(Tensor? context, Tensor? dropped = null)
    {
        Tensor vectors;
        if (context is null)
        {
            vectors = Null().view(1, 1, -1).expand(1, config.ContextSlots, -1);
        }
        else
        {
            vectors = context.dim() == 2 ? context.unsqueeze(0) : context; // (1 or B, K, d)
            if (vectors.size(1) > config.ContextSlots)
                vectors = vectors.narrow(1, 0, config.ContextSlots);
            if (dropped is not null)
                vectors = where(dropped.unsqueeze(-1), Null().to_type(vectors.dtype), vectors);
        }

        using var one = ones([1, width], dtype: vectors.dtype, device: vectors.device);
        var soft = promptProjection.forward(one).view(1, config.SoftPrompts, width).expand(vectors.size(0), -1, -1);
        return AddType(cat([vectors, soft], 1));
    }

    /// <summary>Keys and values of a shared prefix, for a model with <see cref="ContextAttention.Prefix"/>.</summary>
    public PrefixState Attend(Tensor prefix) => backbone.RunPrefix(prefix, config.Unrotated);

    /// <summary>Texts behind a prefix whose keys and values are known: ids and mask (B, T), buckets (V) where the model sees statistics -> (B, d).</summary>
    public Tensor Embed(Tensor ids, Tensor mask, PrefixState prefix, Tensor? buckets = null)
    {
        var hidden = backbone.RunWith(prefix, Text(ids, buckets), mask);
        return Finish(hidden, PoolingWeights(ids, mask, buckets));
    }

    /// <summary>Texts behind a prefix under full attention: ids and mask (B, T), prefix (1 or B, P, d), buckets (V) where the model sees statistics -> (B, d).</summary>
    public Tensor Embed(Tensor ids, Tensor mask, Tensor prefix, Tensor? buckets = null)
    {
        var hidden = backbone.RunBehind(prefix, Text(ids, buckets), mask, config.Unrotated, keepPrefix: !config.PoolTextOnly);
        var pooled = PoolingWeights(ids, mask, buckets);
        if (!config.PoolTextOnly)
            pooled = cat([ones([mask.size(0), prefix.size(1)], dtype: pooled.dtype, device: mask.device), pooled], 1);
        return Finish(hidden, pooled);
    }

    /// <summary>Hidden states at the text's positions under full attention, padded ones 0: (B, T) -> (B, T, d).</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, Tensor prefix) =>
        backbone.RunBehind(prefix, AddType(backbone.Embed(ids)), mask, config.Unrotated) * mask.unsqueeze(-1);

    /// <summary>The first token id of ": ", which ends a prompt; where it is unknown no instruction is left out.</summary>
    public long? InstructionEnd { get; set; }

    private Tensor Text(Tensor ids, Tensor? buckets)
    {
        var text = AddType(backbone.Embed(ids));
        return statistics is null ? text : text + statistics.Embed(ids, Required(buckets));
    }

    private Tensor PoolingWeights(Tensor ids, Tensor mask, Tensor? buckets)
    {
        var pooled = PoolingMask(ids, mask);
        return statistics is null ? pooled : statistics.Weights(ids, pooled, Required(buckets));
    }

    private static Tensor Required(Tensor? buckets) => buckets ?? throw new ArgumentNullException(nameof(buckets), "this model sees corpus statistics: give the buckets, or those of an unknown corpus");

    private Tensor Finish(Tensor hidden, Tensor mask)
    {
        var pooled = Pooling.ContextualMean(hidden, mask);
        var projected = outputProjection.forward(pooled);
        return config.OutputResidual ? projected + pooled : projected;
    }

    /// <summary>The mask to pool under: without the tokens up to the first prompt end at an index above 0, where the model asks for that.</summary>
    private Tensor PoolingMask(Tensor ids, Tensor mask)
    {
        if (!config.PoolIgnoresInstruction || InstructionEnd is not { } end)
            return mask;
        using var scope = NewDisposeScope();
        var ends = ids.eq(end).to_type(ScalarType.Int64) * mask;
        ends.select(1, 0).zero_();
        var passed = ends.cumsum(1) - ends; // ends strictly before this position
        var has = ends.sum(1, keepdim: true).gt(0).to_type(ScalarType.Int64);
        return (mask * (1 - has * passed.eq(0).to_type(ScalarType.Int64))).MoveToOuterDisposeScope();
    }

    private Tensor AddType(Tensor x) => config.RotaryVariant == RotaryVariant.Hub && backbone.TypeZero is { } type ? x + type : x;

    private Tensor Null() => nullEmbedding
        ?? throw new CdeException("this model has no null context vector (sequence_dropout_null_embedding); give a context, for example one of random strings");
}
