using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Contextual;

/// <summary>The two-stage contextual encoder (Morris and Rush 2024; spec A-4), with <c>cde</c>'s tensor names.</summary>
public sealed class ContextualEncoder : nn.Module
{
    /// <summary>Builds both stages.</summary>
    public ContextualEncoder(ContextualConfig config, WeightScope weights)
        : base(nameof(ContextualEncoder))
    {
        Config = config;
        var firstBackbone = config.Backbone with { Layers = config.FirstStageLayers ?? config.Backbone.Layers };
        FirstStage = ModuleTree.Add(this, "first_stage_model", new BiEncoder(firstBackbone, weights["first_stage_model"], segments: config.TokensPerDocument));
        SecondStage = ModuleTree.Add(this, "second_stage_model", new SecondStage(config, weights["second_stage_model"]));
    }

    /// <summary>Sizes and switches.</summary>
    public ContextualConfig Config { get; }

    /// <summary>Documents of a minicorpus to context vectors.</summary>
    public BiEncoder FirstStage { get; }

    /// <summary>Texts, given a context, to embeddings.</summary>
    public SecondStage SecondStage { get; }

    /// <summary>Context vectors (K, d): ids and mask (K documents, T).</summary>
    public Tensor EmbedContext(Tensor ids, Tensor mask) => FirstStage.forward(ids, mask).reshape(-1, Config.Backbone.Width);

    /// <summary>
    /// Texts in a context: ids and mask (B, T), context (K, d) or (B, K, d), or null for the null context -> (B, d), not normalised. In training each
    /// context vector is replaced by the null vector with the model's sequence dropout probability. A model that sees corpus statistics takes
    /// the buckets (V) of the vocabulary as well.
    /// </summary>
    public Tensor forward(Tensor ids, Tensor mask, Tensor? context, Tensor? buckets = null)
    {
        if (Config.ContextAttention == ContextAttention.Prefix)
            return SecondStage.Embed(ids, mask, SecondStage.Attend(PrefixOf(context)), buckets);
        return SecondStage.Embed(ids, mask, SecondStage.Prefix(context, Dropped(context, ids.size(0))), buckets);
    }

    /// <summary>The positions in front of the texts of a batch, without the norm, under prefix attention: context (K, d), or null -> (1, K + soft, d).</summary>
    internal Tensor PrefixOf(Tensor? context) => SecondStage.Prefix(context, Dropped(context, 1));

    private Tensor? Dropped(Tensor? context, long batch)
    {
        if (!training || Config.SequenceDropout == 0 || context is null)
            return null;
        var slots = Math.Min(context.size(context.dim() == 2 ? 0 : 1), Config.ContextSlots);
        return rand([batch, slots], device: context.device).lt(Config.SequenceDropout);
    }
}
