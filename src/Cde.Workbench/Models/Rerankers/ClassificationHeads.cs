using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>The heads of rerankers by the encoder's <c>model_type</c>, one line each.</summary>
internal static class ClassificationHeads
{
    /// <summary>How each head is built.</summary>
    public static IReadOnlyDictionary<string, Func<nn.Module, JsonConfig, TokenEncoder, WeightScope, ClassificationHead>> ByType { get; } =
        new Dictionary<string, Func<nn.Module, JsonConfig, TokenEncoder, WeightScope, ClassificationHead>>
        {
            ["bert"] = (model, json, encoder, weights) => new PoolerHead(model, json, encoder, weights),
            ["roberta"] = (model, json, encoder, weights) => new TwoMapHead(model, json, encoder, weights),
            ["xlm-roberta"] = (model, json, encoder, weights) => new TwoMapHead(model, json, encoder, weights),
            ["modernbert"] = (model, json, encoder, weights) => new ModernBertHead(model, json, encoder, weights),
        };
}
