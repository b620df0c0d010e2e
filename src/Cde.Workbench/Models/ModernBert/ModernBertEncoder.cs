using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.ModernBert;

/// <summary>
/// ModernBERT (Warner et al. 2024), with Hugging Face's tensor names: pre-norm, gated feed-forward, rotary positions; some layers see the whole text, the
/// others a window, each kind with a rotary base of its own.
/// </summary>
public sealed class ModernBertEncoder : BackboneEncoder
{
    private readonly LookupTable words;
    private readonly Norm norm;
    private readonly ModernBertLayer[] layers;
    private readonly Norm finalNorm;
    private readonly Rotary globalRotary;
    private readonly Rotary localRotary;

    /// <summary>Builds the encoder from weights under ModernBertModel's names.</summary>
    public ModernBertEncoder(ModernBertConfig config, WeightScope weights)
        : base(nameof(ModernBertEncoder))
    {
        Config = config;
        globalRotary = new Rotary(config.Width / config.Heads, 1, config.GlobalBase, interleaved: false);
        localRotary = new Rotary(config.Width / config.Heads, 1, config.LocalBase, interleaved: false);
        words = ModuleTree.Add(this, "embeddings.tok_embeddings", new LookupTable(weights["embeddings.tok_embeddings"], config.VocabularySize, config.Width));
        norm = ModuleTree.Add(this, "embeddings.norm", new Norm(weights["embeddings.norm"], config.Width, config.Epsilon, config.NormBias));
        layers = [.. Enumerable.Range(0, config.Layers).Select(i => ModuleTree.Add(this, $"layers.{i}", new ModernBertLayer(config, i, weights[$"layers.{i}"])))];
        finalNorm = ModuleTree.Add(this, "final_norm", new Norm(weights["final_norm"], config.Width, config.Epsilon, config.NormBias));
    }

    /// <summary>Sizes and switches.</summary>
    public ModernBertConfig Config { get; }

    /// <inheritdoc/>
    public override BackboneConfig Sizes => Config;

    /// <inheritdoc/>
    internal override Tensor WordTable => words.Weight;

    /// <inheritdoc/>
    public override int Width => Config.Width;

    /// <inheritdoc/>
    public override int MaxTokens => Config.MaxTokens;

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => HiddenStates(ids, mask, null);

    /// <summary>As <see cref="forward"/>; adds what enters the first layer and what leaves each, before the last norm, to <paramref name="all"/>.</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, List<Tensor>? all)
    {
        return Layers(Normalise(words.forward(ids)), mask, all);
    }

    /// <summary>Words after the embeddings' norm, which goes over the whole sequence once more in <see cref="RunBehind"/>, as in <c>cde</c>: (B, T) -> (B, T, d).</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="typeIds">Passed over: there are no types.</param>
    public override Tensor Embed(Tensor ids, Tensor? typeIds = null) => norm.forward(words.forward(ids));

    /// <inheritdoc/>
    /// <remarks>Every position is rotated, and the windows of local layers count the prefix's positions: those of a text near its beginning reach into the prefix.</remarks>
    public override Tensor RunBehind(Tensor prefix, Tensor text, Tensor mask, long unrotated, bool keepPrefix = false)
    {
        var (batch, before, length) = (text.size(0), prefix.size(1), text.size(1));
        var x = Normalise(cat([prefix.expand(batch, -1, -1), text], 1)); // (B, P+T, d)
        var seen = cat([ones([batch, before], dtype: mask.dtype, device: mask.device), mask], 1);
        var hidden = Layers(x, seen, null);
        return keepPrefix ? hidden : hidden.narrow(1, before, length);
    }

    private Tensor Normalise(Tensor x) => InLayerPrecision(nn.functional.dropout(norm.forward(x), Config.EmbeddingDropout, training));

    /// <summary>x (B, T, d) after the norm, mask (B, T) -> (B, T, d).</summary>
    private Tensor Layers(Tensor x, Tensor mask, List<Tensor>? all)
    {
        all?.Add(x);
        var length = x.size(1);
        var (globalAngles, localAngles) = (globalRotary.Angles(0, length, 0, x), localRotary.Angles(0, length, 0, x));
        var everything = Attention.KeyBias(mask, x.dtype); // (B, 1, 1, T)
        var window = everything + Attention.BandBias(length, Config.Window / 2, Config.Window / 2, x); // (B, 1, T, T)
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i];
            x = Config.IsGlobal(i)
                ? LayerTape.Run(x, entered => layer.forward(entered, globalRotary, globalAngles, everything))
                : LayerTape.Run(x, entered => layer.forward(entered, localRotary, localAngles, window));
            all?.Add(x);
        }

        return finalNorm.forward(x);
    }
}
