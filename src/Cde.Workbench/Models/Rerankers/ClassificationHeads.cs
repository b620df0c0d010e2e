using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>A kind of head that makes a reranker of an encoder.</summary>
/// <param name="Class">The model's class in <c>config.json</c>'s <c>architectures</c>.</param>
/// <param name="Path">Where the encoder stands in the model's tree, as checkpoints name it.</param>
/// <param name="Anchor">A tensor that every checkpoint with this head has.</param>
/// <param name="Build">Makes the head.</param>
internal sealed record ClassificationHeadKind(string Class, string Path, string Anchor, Func<nn.Module, JsonConfig, TokenEncoder, WeightScope, ClassificationHead> Build);

/// <summary>The heads of rerankers by the encoder's <c>model_type</c>, one line each.</summary>
internal static class ClassificationHeads
{
    /// <summary>Every kind.</summary>
    public static IReadOnlyDictionary<string, ClassificationHeadKind> ByType { get; } = new Dictionary<string, ClassificationHeadKind>
    {
        ["bert"] = new("BertForSequenceClassification", "bert", "classifier.weight", (model, json, encoder, weights) => new PoolerHead(model, json, encoder, weights)),
        ["roberta"] = new("RobertaForSequenceClassification", "roberta", "classifier.out_proj.weight", (model, json, encoder, weights) => new TwoMapHead(model, json, encoder, weights)),
        ["xlm-roberta"] = new("XLMRobertaForSequenceClassification", "roberta", "classifier.out_proj.weight", (model, json, encoder, weights) => new TwoMapHead(model, json, encoder, weights)),
        ["nomic_bert"] = new("NomicBertForSequenceClassification", "bert", "classifier.weight", (model, json, encoder, weights) => new NomicBertHead(model, json, encoder, weights)),
        ["modernbert"] = new("ModernBertForSequenceClassification", "model", "classifier.weight", (model, json, encoder, weights) => new ModernBertHead(model, json, encoder, weights)),
    };
}
