using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>
/// NomicBERT's head (NomicBertForSequenceClassification of the hub's nomic-bert-2048): a linear map of a pooler, <c>tanh(W h_0 + b)</c>, which stands below the encoder as
/// BERT's does. Encoders that were trained for vectors come without one.
/// </summary>
internal sealed class NomicBertHead : ClassificationHead
{
    private readonly Projection pooler;
    private readonly Projection classifier;
    private readonly double dropout;

    /// <summary>Takes <c>bert.pooler.dense</c> and <c>classifier</c>.</summary>
    public NomicBertHead(nn.Module model, JsonConfig json, TokenEncoder encoder, WeightScope weights)
        : base(model)
    {
        pooler = ModuleTree.Add(model, "bert.pooler.dense", new Projection(weights["bert"]["pooler"]["dense"], encoder.Width, encoder.Width));
        classifier = ModuleTree.Add(model, "classifier", new Projection(weights["classifier"], encoder.Width, 1));
        dropout = json.Flag("disable_dropout", true) ? 0 : json.Number(["classifier_dropout", "embd_pdrop"], 0);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor hidden, Tensor mask) => classifier.forward(Drop(pooler.forward(Pooling.Cls(hidden)).tanh(), dropout)); // (B, 1)
}
