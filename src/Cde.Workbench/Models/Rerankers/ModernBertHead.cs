using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>ModernBERT's head: <c>W norm(gelu(V p)) + b</c> of the first token or the mean, as the configuration says.</summary>
internal sealed class ModernBertHead : ClassificationHead
{
    private readonly Projection dense;
    private readonly Norm norm;
    private readonly Projection classifier;
    private readonly bool isMean;
    private readonly double dropout;

    /// <summary>Takes <c>head.dense</c>, <c>head.norm</c> and <c>classifier</c>.</summary>
    /// <exception cref="CdeException">The configuration asks for something that is not computed here.</exception>
    public ModernBertHead(nn.Module model, JsonConfig json, TokenEncoder encoder, WeightScope weights)
        : base(model)
    {
        json.Expect("classifier_pooling", "cls", "mean");
        json.Expect("classifier_activation", "gelu");
        isMean = json.Text(["classifier_pooling"], "cls") == "mean";
        dense = ModuleTree.Add(model, "head.dense", new Projection(weights["head.dense"], encoder.Width, encoder.Width, json.Flag("classifier_bias", false)));
        norm = ModuleTree.Add(model, "head.norm", new Norm(weights["head.norm"], encoder.Width, json.Number(["norm_eps"], 1e-5), json.Flag("norm_bias", false)));
        classifier = ModuleTree.Add(model, "classifier", new Projection(weights["classifier"], encoder.Width, 1));
        dropout = json.Number(["classifier_dropout"], 0);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor hidden, Tensor mask)
    {
        var pooled = isMean ? Pooling.Mean(hidden, mask) : Pooling.Cls(hidden); // (B, d)
        return classifier.forward(Drop(norm.forward(nn.functional.gelu(dense.forward(pooled))), dropout));
    }
}
