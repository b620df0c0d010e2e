using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.MultiVector;

/// <summary>An encoder and a linear map without bias that narrows each token's vector, normalised to length 1 (Khattab and Zaharia 2020).</summary>
public sealed class ColbertEncoder : nn.Module
{
    private readonly TokenEncoder encoder;
    private readonly Projection linear;

    private ColbertEncoder(string path, TokenEncoder encoder, Projection linear)
        : base(nameof(ColbertEncoder))
    {
        this.encoder = ModuleTree.Add(this, path, encoder);
        this.linear = ModuleTree.Add(this, "linear", linear);
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
    /// <exception cref="CdeException">A file is missing or damaged, or of a model that is no ColBERT or is not computed here.</exception>
    public static ColbertEncoder Read(string folder, Device? device = null, ScalarType precision = ScalarType.Float32) => FileWeights.Read(folder, device, precision, Read);

    /// <summary>Vectors of every token: ids and attention mask (B, T) int64 -> (B, T, out), each of length 1.</summary>
    public Tensor forward(Tensor ids, Tensor mask) => nn.functional.normalize(linear.forward(encoder.forward(ids, mask)), dim: -1);

    private static ColbertEncoder Read(JsonConfig json, SafetensorsSource files, FileWeights weights)
    {
        var architecture = Architectures.Of(json);
        var path = architecture.Prefix(files).TrimEnd('.');
        if (path.Length == 0 || !files.Entries.TryGetValue("linear.weight", out var map) || map.Shape.Count != 2)
            throw new CdeException($"{files.Path}: expected ColBERT's form, an encoder under a prefix and the matrix linear.weight; name a multi-vector model, or embed with this one");
        var encoder = architecture.Build(json, weights.Scope(path));
        var model = new ColbertEncoder(path, encoder, new Projection(weights.Scope("linear"), encoder.Width, map.Shape[0], hasBias: false));
        weights.RequireNoStrangers(json);
        return model;
    }
}
