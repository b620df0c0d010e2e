using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>RoBERTa's and XLM-R's head: <c>W tanh(V h_0 + c) + b</c> of the first token.</summary>
internal sealed class TwoMapHead : ClassificationHead
{
    private readonly Projection dense;
    private readonly Projection classifier;
    private readonly double dropout;

    /// <summary>Takes <c>classifier.dense</c> and <c>classifier.out_proj</c>.</summary>
    public TwoMapHead(nn.Module model, JsonConfig json, TokenEncoder encoder, WeightScope weights)
        : base(model)
    {
        dense = ModuleTree.Add(model, "classifier.dense", new Projection(weights["classifier.dense"], encoder.Width, encoder.Width));
        classifier = ModuleTree.Add(model, "classifier.out_proj", new Projection(weights["classifier.out_proj"], encoder.Width, 1));
        dropout = json.Number(["classifier_dropout", "hidden_dropout_prob"], 0.1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor hidden, Tensor mask)
    {
        var inner = dense.forward(Drop(Pooling.Cls(hidden), dropout)).tanh(); // (B, d)
        return classifier.forward(Drop(inner, dropout));
    }
}
