using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Bert;

/// <summary>
/// BERT (Devlin et al. 2019; spec) and its kin of the same shape, RoBERTa, XLM-R and DistilBERT, with Hugging Face's tensor names.
/// </summary>
public sealed class BertEncoder : TokenEncoder
{
    private readonly BertEmbeddings embeddings;
    private readonly BertLayer[] layers;
    private readonly FusedLayers fused;
    private readonly Projection? pooler;

    /// <summary>Builds the encoder from weights under BertModel's names.</summary>
    public BertEncoder(BertConfig config, WeightScope weights)
        : base(nameof(BertEncoder))
    {
        Config = config;
        embeddings = ModuleTree.Add(this, "embeddings", new BertEmbeddings(config, weights["embeddings"]));
        layers = [.. Enumerable.Range(0, config.Layers).Select(i =>
            ModuleTree.Add(this, $"{config.Names.Layers}.{i}", new BertLayer(config, weights[config.Names.Layers][$"{i}"])))];
        fused = FusedLayers.Of(config, layers.Select(layer => layer.Weights));
        if (weights.IsFile && weights["pooler.dense"].Has("weight"))
            pooler = ModuleTree.Add(this, "pooler.dense", new Projection(weights["pooler.dense"], config.Width, config.Width));
    }

    /// <summary>Sizes and switches.</summary>
    public BertConfig Config { get; }

    /// <summary>Whether the checkpoint carries the next-sentence pooler.</summary>
    public bool HasPooler => pooler is not null;

    /// <inheritdoc/>
    public override int Width => Config.Width;

    /// <inheritdoc/>
    public override int MaxTokens => Config.MaxTokens;

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => HiddenStates(ids, mask, typeIds, null);

    /// <summary>As <see cref="forward"/>; adds the embeddings' output and every layer's to <paramref name="all"/> (1 + layers entries).</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, Tensor? typeIds, List<Tensor>? all) => Run(InLayerPrecision(embeddings.forward(ids, typeIds)), mask, all);

    /// <summary>The layers alone: what the first gets (B, T, d) (<see cref="Embed"/>) and the mask (B, T) -> (B, T, d).</summary>
    internal Tensor Run(Tensor x, Tensor mask, List<Tensor>? all = null)
    {
        if (all is null && fused.Lengths(x, mask, training) is { } lengths)
            return fused.Run(x, lengths);
        all?.Add(x);
        var bias = Attention.KeyBias(mask, x.dtype);
        foreach (var layer in layers)
        {
            x = LayerTape.Run(x, entered => layer.forward(entered, bias));
            all?.Add(x);
        }

        return x;
    }

    /// <summary>What the first layer gets: positions and types added to word vectors, norm, dropout: (B, T, d) -> (B, T, d).</summary>
    internal Tensor Embed(Tensor vectors, Tensor? typeIds = null) => InLayerPrecision(embeddings.Embed(vectors, typeIds));

    /// <summary>The word table, without positions and norm: (B, T) int64 -> (B, T, d).</summary>
    internal Tensor Words(Tensor ids) => embeddings.Words(ids);

    /// <summary>The word table's rows, to which a language model's head is tied: (V, d).</summary>
    internal Tensor WordTable => embeddings.WordTable;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        fused.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The next-sentence pooler's output <c>tanh(W h_0 + b)</c>: (B, T, d) -> (B, d).</summary>
    /// <exception cref="InvalidOperationException">The checkpoint has no pooler.</exception>
    public Tensor Pooler(Tensor hidden) =>
        pooler?.forward(hidden.select(1, 0)).tanh() ?? throw new InvalidOperationException("this checkpoint has no pooler");
}
