using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Concatenated;

/// <summary>Several BERT encoders over the same tokens (spec ): the first vectors of each, each of length 1, side by side.</summary>
public sealed class ConcatenatedEncoder : nn.Module
{
    private readonly BertEncoder[] parts;

    /// <summary>Builds the parts from weights that carry their prefixes.</summary>
    internal ConcatenatedEncoder(IReadOnlyList<(string Prefix, BertConfig Config)> parts, WeightSource weights)
        : base(nameof(ConcatenatedEncoder)) =>
        this.parts = [.. parts.Select(part => ModuleTree.Add(this, part.Prefix.TrimEnd('.'), new BertEncoder(part.Config, weights.Scope(part.Prefix.TrimEnd('.')))))];

    /// <summary>The encoders, in their order in the vector.</summary>
    public IReadOnlyList<BertEncoder> Parts => parts;

    /// <summary>The widths of the parts together.</summary>
    public int Dimension => parts.Sum(part => part.Width);

    /// <summary>The longest text in tokens: what every part takes.</summary>
    public int MaxTokens => parts.Min(part => part.MaxTokens);

    /// <summary>ids and mask (B, T) int64 -> (B, sum of d); its length is the root of the number of parts.</summary>
    public Tensor forward(Tensor ids, Tensor mask) => cat([.. parts.Select(part => nn.functional.normalize(Pooling.Cls(part.forward(ids, mask)), dim: -1))], -1);
}
