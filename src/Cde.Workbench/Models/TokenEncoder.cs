using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>An encoder that gives each token of a text a vector, before any pooling. Legend: B batch, T tokens, d width.</summary>
public abstract class TokenEncoder : nn.Module, IMixedPrecision
{
    /// <summary>An encoder without parameters yet.</summary>
    /// <param name="name">The name of the module's type.</param>
    private protected TokenEncoder(string name)
        : base(name)
    {
    }

    /// <summary>d: the width of the token vectors.</summary>
    public abstract int Width { get; }

    /// <summary>The longest text in tokens, special tokens included.</summary>
    public abstract int MaxTokens { get; }

    /// <summary>What the layers compute in; null for the weights' own precision.</summary>
    public ScalarType? LayerPrecision { get; set; }

    /// <summary>Hidden states of the last layer: (B, T) -> (B, T, d). What stands at padded positions is of no use.</summary>
    /// <param name="ids">Token ids, (B, T) int64.</param>
    /// <param name="mask">1 on tokens, 0 on padding, (B, T) int64.</param>
    /// <param name="typeIds">Segment numbers, (B, T) int64; all 0 where null. An encoder without segments passes over them.</param>
    public abstract Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null);

    /// <summary>What the first layer gets, in the precision of the layers.</summary>
    private protected Tensor InLayerPrecision(Tensor x) => LayerPrecision is { } precision ? x.to_type(precision) : x;
}
