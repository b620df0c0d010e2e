using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.T5;

/// <summary>
/// The encoder of T5 (Raffel et al. 2020), with Hugging Face's tensor names: pre-norm, relative positions that all blocks share and nothing else to tell
/// places by, scores that are not scaled.
/// </summary>
public sealed class T5Encoder : TokenEncoder
{
    private readonly LookupTable words;
    private readonly RelativePositionBias relative;
    private readonly T5Layer[] layers;
    private readonly RootMeanSquareNorm finalNorm;

    /// <summary>Builds the encoder from weights under T5EncoderModel's names; the word table may stand under <c>shared</c> or <c>encoder.embed_tokens</c>.</summary>
    public T5Encoder(T5Config config, WeightScope weights)
        : base(nameof(T5Encoder))
    {
        Config = config;
        const string Table = "encoder.block.0.layer.0.SelfAttention.relative_attention_bias";
        var shared = weights["shared"].Has("weight") ? "shared" : "encoder.embed_tokens";
        words = ModuleTree.Add(this, "shared", new LookupTable(weights[shared], config.VocabularySize, config.Width));
        layers = [.. Enumerable.Range(0, config.Layers).Select(i => ModuleTree.Add(this, $"encoder.block.{i}", new T5Layer(config, weights[$"encoder.block.{i}"])))];
        relative = ModuleTree.Add(this, Table, new RelativePositionBias(weights[Table], config.Heads, config.Buckets, config.MaxDistance));
        finalNorm = ModuleTree.Add(this, "encoder.final_layer_norm", new RootMeanSquareNorm(weights["encoder.final_layer_norm"], config.Width, config.Epsilon));
    }

    /// <summary>Sizes and switches.</summary>
    public T5Config Config { get; }

    /// <inheritdoc/>
    public override int Width => Config.Width;

    /// <inheritdoc/>
    public override int MaxTokens => Config.MaxTokens;

    /// <summary>The relative positions that every block adds to its scores.</summary>
    internal RelativePositionBias Relative => relative;

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => HiddenStates(ids, mask, null);

    /// <summary>As <see cref="forward"/>; adds what enters the first block and what leaves each but the last to <paramref name="all"/>, then the result.</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, List<Tensor>? all)
    {
        var x = InLayerPrecision(nn.functional.dropout(words.forward(ids), Config.Dropout, training)); // (B, T, d)
        var bias = relative.Bias(mask, x);
        foreach (var layer in layers)
        {
            all?.Add(x);
            x = LayerTape.Run(x, entered => layer.forward(entered, bias()));
        }

        x = nn.functional.dropout(finalNorm.forward(x), Config.Dropout, training);
        all?.Add(x);
        return x;
    }
}
