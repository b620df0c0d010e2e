using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Decoders;

/// <summary>
/// A language model of Llama's shape (Llama, Mistral, Qwen2, Qwen3) as an encoder, with Hugging Face's tensor names: each token sees those in front of it, so the
/// last one has seen the whole text. Padding may stand on either side: positions are relative, and padded keys are hidden.
/// </summary>
public sealed class DecoderEncoder : TokenEncoder
{
    private readonly LookupTable words;
    private readonly DecoderLayer[] layers;
    private readonly RootMeanSquareNorm finalNorm;
    private readonly Rotary rotary;

    /// <summary>Builds the encoder from weights under LlamaModel's names.</summary>
    public DecoderEncoder(DecoderConfig config, WeightScope weights)
        : base(nameof(DecoderEncoder))
    {
        Config = config;
        rotary = new Rotary(config.HeadWidth, 1, config.RotaryBase, interleaved: false, config.RotaryScaling);
        words = ModuleTree.Add(this, "embed_tokens", new LookupTable(weights["embed_tokens"], config.VocabularySize, config.Width));
        layers = [.. Enumerable.Range(0, config.Layers).Select(i => ModuleTree.Add(this, $"layers.{i}", new DecoderLayer(config, weights[$"layers.{i}"])))];
        finalNorm = ModuleTree.Add(this, "norm", new RootMeanSquareNorm(weights["norm"], config.Width, config.Epsilon));
    }

    /// <summary>Sizes and switches.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The word table, to which a language model's head may be tied.</summary>
    internal LookupTable Words => words;

    /// <inheritdoc/>
    public override int Width => Config.Width;

    /// <inheritdoc/>
    public override int MaxTokens => Config.MaxTokens;

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => HiddenStates(ids, mask, null);

    /// <summary>As <see cref="forward"/>; adds what enters the first layer and what leaves each but the last to <paramref name="all"/>, then the result.</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, List<Tensor>? all)
    {
        var x = InLayerPrecision(words.forward(ids)); // (B, T, d)
        var length = ids.size(1);
        var angles = rotary.Angles(0, length, 0, x);
        var keys = Attention.KeyBias(mask, x.dtype); // (B, 1, 1, T)
        var everything = keys + Attention.BandBias(length, length, 0, x); // (B, 1, T, T)
        var window = Config.Window is { } size ? keys + Attention.BandBias(length, size - 1, 0, x) : everything;
        for (var i = 0; i < layers.Length; i++)
        {
            all?.Add(x);
            var (layer, bias) = (layers[i], Config.WindowOf(i) is null ? everything : window);
            x = LayerTape.Run(x, entered => layer.forward(entered, rotary, angles, bias));
        }

        x = finalNorm.forward(x);
        all?.Add(x);
        return x;
    }
}
