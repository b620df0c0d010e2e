using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>An encoder that reads a query and a document together, with a head that scores the two (Nogueira and Cho 2019). Tensor names are the checkpoint's.</summary>
public sealed class CrossEncoder : PairScorer
{
    private readonly TokenEncoder encoder;
    private readonly ClassificationHead head;

    private CrossEncoder(string path, TokenEncoder encoder, Func<nn.Module, ClassificationHead> head)
        : base(nameof(CrossEncoder))
    {
        this.encoder = ModuleTree.Add(this, path, encoder);
        this.head = head(this);
    }

    /// <inheritdoc/>
    public override int MaxTokens => encoder.MaxTokens;

    /// <summary>Reads the weights of a model folder.</summary>
    /// <param name="folder">Holds <c>config.json</c> and the weights.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="storage">How linear maps keep their weights, from the moment they are read.</param>
    /// <exception cref="CdeException">A file is missing or damaged, or of a model that is no reranker or is not computed here.</exception>
    public static CrossEncoder Read(string folder, Device? device = null, ScalarType precision = ScalarType.Float32, WeightStorage storage = WeightStorage.AsComputed) =>
        FileWeights.Read(folder, device, precision, Read, storage);

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => head.forward(encoder.forward(ids, mask, typeIds), mask).squeeze(-1);

    /// <summary>Reads a model folder to train on from it: a reranker's, or an encoder's, which gets a new head.</summary>
    /// <param name="folder">Holds the weights.</param>
    /// <param name="json">Stands in for its <c>config.json</c>, and may keep fewer layers.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="newHead">What a head that the folder lacks begins with.</param>
    /// <param name="storage">How linear maps keep their weights.</param>
    /// <returns>The model, and whether its head is new.</returns>
    internal static (CrossEncoder Model, bool HasNewHead) Read(string folder, JsonConfig json, Device device, WeightSource newHead, WeightStorage storage = WeightStorage.AsComputed) =>
        FileWeights.Read(folder, device, ScalarType.Float32, (_, files, weights) => Read(json, files, weights, newHead), storage);

    private static CrossEncoder Read(JsonConfig json, SafetensorsSource files, FileWeights weights)
    {
        var (reader, _) = Read(json, files, weights, null);
        weights.RequireNoStrangers(json);
        return reader;
    }

    private static (CrossEncoder Model, bool HasNewHead) Read(JsonConfig json, SafetensorsSource files, FileWeights weights, WeightSource? newHead)
    {
        var architecture = Architectures.Of(json);
        if (!ClassificationHeads.ByType.TryGetValue(architecture.ModelType, out var head))
            throw new CdeException($"{json.Path}: rerankers of model_type \"{architecture.ModelType}\" are not computed here; {string.Join(", ", ClassificationHeads.ByType.Keys)} are");
        var path = architecture.Prefix(files).TrimEnd('.');
        var isNew = newHead is not null && !weights.Has(head.Anchor);
        if (path.Length == 0 && !isNew)
            throw new CdeException($"{files.Path}: the encoder stands alone, without a head that scores; name a reranker, or embed with this model");
        if (!isNew && json.Section("id2label")?.Count is { } labels and not 1)
            throw new CdeException($"{json.Path}: \"id2label\" has {labels} labels; a reranker that is computed here has one");
        var encoder = architecture.Build(json, weights.Scope(path));
        return (new CrossEncoder(isNew ? head.Path : path, encoder, model => head.Build(model, json, encoder, (isNew ? newHead! : weights).Scope(""))), isNew);
    }
}
