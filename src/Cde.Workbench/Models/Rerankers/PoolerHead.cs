using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>BERT's head: a linear map of the encoder's own pooler, <c>tanh(W h_0 + b)</c>.</summary>
internal sealed class PoolerHead : ClassificationHead
{
    private readonly Func<Tensor, Tensor> pooler;
    private readonly Projection classifier;
    private readonly double dropout;

    /// <summary>Takes <c>classifier</c>.</summary>
    /// <exception cref="CdeException">The checkpoint has no pooler.</exception>
    public PoolerHead(nn.Module model, JsonConfig json, TokenEncoder encoder, WeightScope weights)
        : base(model)
    {
        var bert = (BertEncoder)encoder;
        if (!bert.HasPooler)
            throw new CdeException($"{json.Path}: the weights have no tensor pooler.dense.weight, which a reranker of model_type bert reads its scores from");
        pooler = bert.Pooler;
        classifier = ModuleTree.Add(model, "classifier", new Projection(weights["classifier"], encoder.Width, 1));
        dropout = json.Number(["classifier_dropout", "hidden_dropout_prob"], 0.1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor hidden, Tensor mask) => classifier.forward(Drop(pooler(hidden), dropout));
}
