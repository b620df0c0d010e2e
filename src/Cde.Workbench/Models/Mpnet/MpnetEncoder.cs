using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Mpnet;

/// <summary>
/// MPNet (Song et al. 2020), with Hugging Face's tensor names: BERT without token types, with positions counted as RoBERTa counts them and a bias by relative
/// position that all layers share.
/// </summary>
public sealed class MpnetEncoder : TokenEncoder
{
    /// <summary>Distances from here on share a bucket; the original has no key for it.</summary>
    private const int MaxDistance = 128;

    private readonly BertEmbeddings embeddings;
    private readonly BertLayer[] layers;
    private readonly RelativePositionBias relative;
    private readonly Projection? pooler;

    /// <summary>Builds the encoder from weights under MPNetModel's names.</summary>
    /// <param name="config">Sizes, with MPNet's names and a padding index.</param>
    /// <param name="buckets">Rows of the relative positions' table, <c>relative_attention_num_buckets</c>.</param>
    /// <param name="weights">Where the weights come from.</param>
    public MpnetEncoder(BertConfig config, int buckets, WeightScope weights)
        : base(nameof(MpnetEncoder))
    {
        Config = config;
        embeddings = ModuleTree.Add(this, "embeddings", new BertEmbeddings(config, weights["embeddings"]));
        layers = [.. Enumerable.Range(0, config.Layers).Select(i =>
            ModuleTree.Add(this, $"{config.Names.Layers}.{i}", new BertLayer(config, weights[config.Names.Layers][$"{i}"])))];
        relative = ModuleTree.Add(
            this, "encoder.relative_attention_bias", new RelativePositionBias(weights["encoder.relative_attention_bias"], config.Heads, buckets, MaxDistance));
        if (weights.IsFile && weights["pooler.dense"].Has("weight"))
            pooler = ModuleTree.Add(this, "pooler.dense", new Projection(weights["pooler.dense"], config.Width, config.Width));
    }

    /// <summary>Sizes and switches.</summary>
    public BertConfig Config { get; }

    /// <inheritdoc/>
    public override int Width => Config.Width;

    /// <inheritdoc/>
    public override int MaxTokens => Config.MaxTokens;

    /// <summary>Reads <c>config.json</c> and builds the encoder that it describes.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something that is not computed here.</exception>
    public static MpnetEncoder From(JsonConfig json, WeightScope weights) => new(
        BertConfig.From(json) with { TypeCount = 0, PaddingIndex = json.Int(["pad_token_id"], 1, least: 0), Names = BertLayerNames.Mpnet },
        json.Int(["relative_attention_num_buckets"], 32, least: 4),
        weights);

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => HiddenStates(ids, mask, null);

    /// <summary>As <see cref="forward"/>; adds the embeddings' output and every layer's to <paramref name="all"/> (1 + layers entries).</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, List<Tensor>? all)
    {
        var x = InLayerPrecision(embeddings.forward(ids, null));
        all?.Add(x);
        var bias = relative.Bias(mask, x);
        foreach (var layer in layers)
        {
            x = LayerTape.Run(x, entered => layer.forward(entered, bias()));
            all?.Add(x);
        }

        return x;
    }

    /// <summary>The pooler's output <c>tanh(W h_0 + b)</c>: (B, T, d) -> (B, d).</summary>
    /// <exception cref="InvalidOperationException">The checkpoint has no pooler.</exception>
    public Tensor Pooler(Tensor hidden) =>
        pooler?.forward(hidden.select(1, 0)).tanh() ?? throw new InvalidOperationException("this checkpoint has no pooler");
}
