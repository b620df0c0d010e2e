using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.MultiVector;

/// <summary>An encoder and a linear map without bias that narrows each token's vector, normalised to length 1 (Khattab and Zaharia 2020).</summary>
public sealed class ColbertEncoder : nn.Module
{
    private const string Map = "linear";
    private const string MapWeight = Map + ".weight";

    private readonly TokenEncoder encoder;
    private readonly Projection linear;

    private ColbertEncoder(string path, TokenEncoder encoder, Projection linear)
        : base(nameof(ColbertEncoder))
    {
        this.encoder = ModuleTree.Add(this, path, encoder);
        this.linear = ModuleTree.Add(this, Map, linear);
    }

    /// <summary>The longest text in tokens.</summary>
    public int MaxTokens => encoder.MaxTokens;

    /// <summary>Width of the vectors.</summary>
    public int Dimension => (int)linear.Outputs;

    /// <summary>Whether tokens that no other sees have vectors of their own, as a query's expansion needs; NomicBERT leaves them out.</summary>
    internal bool HasUnseenTokens => encoder is not NomicBertEncoder;

    /// <summary>Reads the weights of a model folder: an encoder under a prefix such as <c>bert.</c>, and <c>linear.weight</c> (out, d).</summary>
    /// <param name="folder">Holds <c>config.json</c> and the weights.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="storage">How linear maps keep their weights, from the moment they are read.</param>
    /// <exception cref="CdeException">A file is missing or damaged, or of a model that is no ColBERT or is not computed here.</exception>
    public static ColbertEncoder Read(string folder, Device? device = null, ScalarType precision = ScalarType.Float32, WeightStorage storage = WeightStorage.AsComputed) =>
        FileWeights.Read(folder, device, precision, Read, storage);

    /// <summary>Vectors of every token: ids and attention mask (B, T) int64 -> (B, T, out), each of length 1.</summary>
    public Tensor forward(Tensor ids, Tensor mask) => nn.functional.normalize(Narrowed(ids, mask), dim: -1);

    /// <summary>As <see cref="forward"/>, of any length.</summary>
    internal Tensor Narrowed(Tensor ids, Tensor mask) => linear.forward(encoder.forward(ids, mask));

    /// <summary>Whether a model folder's weights are of ColBERT's form.</summary>
    internal static bool IsIn(string folder)
    {
        using var files = SafetensorsSet.OpenFolder(folder);
        return HasMap(files);
    }

    /// <summary>Reads a model folder to train on from it: a ColBERT model's, or an encoder's, which gets a new linear map.</summary>
    /// <param name="folder">Holds the weights.</param>
    /// <param name="json">Stands in for its <c>config.json</c>, and may keep fewer layers.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="newMap">What a map that the folder lacks begins with.</param>
    /// <param name="dimension">Width of the vectors of a new map.</param>
    /// <param name="storage">How linear maps keep their weights.</param>
    /// <returns>The model, and whether its map is new.</returns>
    internal static (ColbertEncoder Model, bool HasNewMap) Read(string folder, JsonConfig json, Device device, WeightSource newMap, int dimension, WeightStorage storage = WeightStorage.AsComputed) =>
        FileWeights.Read(folder, device, ScalarType.Float32, (_, files, weights) =>
        {
            if (HasMap(files))
                return (Read(json, files, weights, isWhole: false), false);
            var architecture = Architectures.Of(json);
            var prefix = architecture.Prefix(files);
            var encoder = architecture.Build(json, weights.Scope(prefix.TrimEnd('.')));
            var path = prefix.Length > 0 ? prefix.TrimEnd('.') : architecture.ModelType is "bert" or "nomic_bert" ? "bert" : "model"; // any name is read again
            return (new ColbertEncoder(path, encoder, new Projection(newMap.Scope(Map), encoder.Width, dimension, hasBias: false)), true);
        }, storage);

    private static bool HasMap(SafetensorsSource files) => files.Entries.TryGetValue(MapWeight, out var map) && map.Shape.Count == 2;

    private static ColbertEncoder Read(JsonConfig json, SafetensorsSource files, FileWeights weights) => Read(json, files, weights, isWhole: true);

    private static ColbertEncoder Read(JsonConfig json, SafetensorsSource files, FileWeights weights, bool isWhole)
    {
        var architecture = Architectures.Of(json);
        var path = architecture.Prefix(files).TrimEnd('.');
        if (path.Length == 0 || !HasMap(files))
            throw new CdeException($"{files.Path}: expected ColBERT's form, an encoder under a prefix and the matrix {MapWeight}; name a multi-vector model, or embed with this one");
        var encoder = architecture.Build(json, weights.Scope(path));
        var model = new ColbertEncoder(path, encoder, new Projection(weights.Scope(Map), encoder.Width, files.Entries[MapWeight].Shape[0], hasBias: false));
        if (isWhole)
            weights.RequireNoStrangers(json);
        return model;
    }
}
