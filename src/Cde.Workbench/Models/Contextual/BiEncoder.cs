using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Contextual;

/// <summary>
/// <c>cde</c>'s single-stage encoder (spec ): NomicBERT or ModernBERT, mean pooling, linear - GELU - linear. It is the first stage of a two-stage model,
/// and, alone, the plain bi-encoder that a contextual model is compared with. No normalisation.
/// </summary>
public sealed class BiEncoder : nn.Module
{
    private readonly BackboneEncoder embedder;
    private readonly TwoLayerHead mlp;
    private readonly StatisticsLayer? statistics;

    /// <summary>Whether a <c>config.json</c> is of such a model.</summary>
    public static bool Describes(JsonConfig json) => json.Text(["architecture"], "") == "biencoder" || json.Texts("architectures").Contains("BiEncoder");

    /// <summary>Builds the encoder from weights under <c>embedder.*</c> and <c>mlp.0</c>, <c>mlp.2</c>.</summary>
    /// <param name="config">The backbone.</param>
    /// <param name="weights">Where the weights come from.</param>
    /// <param name="outputDimension">Output width; the backbone's where null (<c>embedding_output_dim</c>).</param>
    /// <param name="segments">Vectors a text (<c>transductive_tokens_per_document</c>).</param>
    /// <param name="usesStatistics">Whether it sees corpus statistics (<c>contextStatistics</c>), from weights under <c>context_statistics.*</c>.</param>
    /// <param name="outputResidual">Whether the pooled vector is added to what the head gives, as a second stage does. Ours: <c>output_residual</c>; <c>cde</c>'s does not.</param>
    /// <exception cref="ArgumentException">A residual and an output of another width than the backbone's.</exception>
    public BiEncoder(BackboneConfig config, WeightScope weights, int? outputDimension = null, int segments = 1, bool usesStatistics = false, bool outputResidual = false)
        : base(nameof(BiEncoder))
    {
        embedder = ModuleTree.Add(this, "embedder", config.Build(weights["embedder"]));
        Dimension = outputDimension ?? config.Width;
        mlp = ModuleTree.Add(this, "mlp", new TwoLayerHead(weights["mlp"], config.Width, Dimension, gelu: true));
        Segments = segments;
        OutputResidual = outputResidual;
        if (outputResidual && Dimension != config.Width)
            throw new ArgumentException($"output_residual adds vectors of width {config.Width} to vectors of width {Dimension}", nameof(outputDimension));
        if (usesStatistics)
            statistics = ModuleTree.Add(this, "context_statistics", new StatisticsLayer(weights["context_statistics"], config.Width));
    }

    /// <summary>Whether it sees corpus statistics.</summary>
    public bool UsesStatistics => statistics is not null;

    /// <summary>Output width.</summary>
    public int Dimension { get; }

    /// <summary>Vectors a text.</summary>
    public int Segments { get; }

    /// <summary>Whether the pooled vector is added to what the head gives.</summary>
    public bool OutputResidual { get; }

    /// <summary>The backbone's sizes.</summary>
    public BackboneConfig Config => embedder.Sizes;

    /// <summary>The backbone's word table, (V, d).</summary>
    internal Tensor WordTable => embedder.WordTable;

    /// <summary>The backbone's hidden states, (B, T) -> (B, T, d).</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask) => embedder.forward(ids, mask);

    /// <summary>ids and mask (B, T) int64 -> (B, d), or (B, segments, d) where there are several.</summary>
    public Tensor forward(Tensor ids, Tensor mask) => Finish(Pool(ids, mask));

    /// <summary>Layers and pooling: ids and mask (B, T) int64 -> (B, w), or (B, segments, w) where there are several.</summary>
    public Tensor Pool(Tensor ids, Tensor mask)
    {
        var hidden = HiddenStates(ids, mask);
        return Segments == 1 ? Pooling.ContextualMean(hidden, mask) : Pooling.SegmentMeans(hidden, mask, Segments);
    }

    /// <summary>The head: pooled vectors (..., w) -> (..., d).</summary>
    public Tensor Finish(Tensor pooled) => OutputResidual ? mlp.forward(pooled) + pooled : mlp.forward(pooled);

    /// <summary>Whether a text's pooled vector has the same bits alone and in any batch on this thread, in a precision and on a device.</summary>
    internal bool PoolsTextsAlone(ScalarType precision, TorchSharp.DeviceType device) => Segments == 1 && embedder.IsFused(precision, device);

    /// <summary>ids and mask (B, T) int64, the buckets (V) of the vocabulary (<see cref="ContextStatistics.Buckets"/>) -> (B, d).</summary>
    /// <exception cref="InvalidOperationException">The encoder sees no statistics.</exception>
    public Tensor forward(Tensor ids, Tensor mask, Tensor buckets)
    {
        var layer = statistics ?? throw new InvalidOperationException("this encoder was built without contextStatistics");
        var hidden = embedder.Run(embedder.Embed(ids) + layer.Embed(ids, buckets), mask);
        return Finish(Pooling.ContextualMean(hidden, layer.Weights(ids, mask, buckets)));
    }
}
