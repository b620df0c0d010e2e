using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Bert;

/// <summary>BERT (Devlin et al. 2019; spec ), with Hugging Face's tensor names.</summary>
public sealed class BertEncoder : TokenEncoder
{
    private readonly LookupTable words;
    private readonly LookupTable positions;
    private readonly LookupTable types;
    private readonly Norm norm;
    private readonly BertLayer[] layers;
    private readonly FusedLayers fused;
    private readonly Projection? pooler;

    /// <summary>Builds the encoder from weights under BertModel's names.</summary>
    public BertEncoder(BertConfig config, WeightScope weights)
        : base(nameof(BertEncoder))
    {
        Config = config;
        var embeddings = weights["embeddings"];
        words = new LookupTable(embeddings["word_embeddings"], config.VocabularySize, config.Width);
        positions = new LookupTable(embeddings["position_embeddings"], config.MaxPositions, config.Width);
        types = new LookupTable(embeddings["token_type_embeddings"], config.TypeCount, config.Width);
        norm = new Norm(embeddings["LayerNorm"], config.Width, config.Epsilon);
        layers = [.. Enumerable.Range(0, config.Layers).Select(i => new BertLayer(config, weights["encoder"]["layer"][$"{i}"]))];
        fused = FusedLayers.Of(config, layers.Select(layer => layer.Weights));
        pooler = weights.IsFile && weights["pooler"]["dense"].Has("weight")
            ? new Projection(weights["pooler"]["dense"], config.Width, config.Width)
            : null;

        ModuleTree.Add(this, "embeddings.word_embeddings", words);
        ModuleTree.Add(this, "embeddings.position_embeddings", positions);
        ModuleTree.Add(this, "embeddings.token_type_embeddings", types);
        ModuleTree.Add(this, "embeddings.LayerNorm", norm);
        for (var i = 0; i < layers.Length; i++)
            ModuleTree.Add(this, $"encoder.layer.{i}", layers[i]);
        if (pooler is not null)
            ModuleTree.Add(this, "pooler.dense", pooler);
    }

    /// <summary>Sizes and switches.</summary>
    public BertConfig Config { get; }

    /// <summary>Whether the checkpoint carries the next-sentence pooler.</summary>
    public bool HasPooler => pooler is not null;

    /// <inheritdoc/>
    public override int Width => Config.Width;

    /// <inheritdoc/>
    public override int MaxTokens => Config.MaxPositions;

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => HiddenStates(ids, mask, typeIds, null);

    /// <summary>As <see cref="forward"/>; adds the embeddings' output and every layer's to <paramref name="all"/> (1 + layers entries).</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, Tensor? typeIds, List<Tensor>? all)
    {
        var x = Embed(words.forward(ids), typeIds);
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
    internal Tensor Embed(Tensor vectors, Tensor? typeIds = null)
    {
        var length = vectors.size(1);
        if (length > Config.MaxPositions)
            throw new CdeException($"a text has {length} tokens, this model takes at most {Config.MaxPositions}; truncate it");
        var place = arange(length, dtype: ScalarType.Int64, device: vectors.device);
        var x = vectors + positions.forward(place) + (typeIds is null ? types.Row(0) : types.forward(typeIds)); // (B, T, d)
        x = nn.functional.dropout(norm.forward(x), Config.Dropout, training);
        return InLayerPrecision(x);
    }

    /// <summary>The word table, without positions and norm: (B, T) int64 -> (B, T, d).</summary>
    internal Tensor Words(Tensor ids) => words.forward(ids);

    /// <summary>The word table's rows, to which a language model's head is tied: (V, d).</summary>
    internal Tensor WordTable => words.Weight;

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
