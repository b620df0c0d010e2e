using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>A network that gives a tokenised pair of a query and a document one number, their score: a cross-encoder, or a language model that is asked.</summary>
public abstract class PairScorer : nn.Module
{
    /// <summary>A network without parameters yet.</summary>
    /// <param name="name">The name of the module's type.</param>
    private protected PairScorer(string name)
        : base(name)
    {
    }

    /// <summary>The longest pair in tokens, special tokens and prompt included.</summary>
    public abstract int MaxTokens { get; }

    /// <summary>Logits of pairs: ids, mask and types (B, T) int64 -> (B).</summary>
    public abstract Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null);
}
