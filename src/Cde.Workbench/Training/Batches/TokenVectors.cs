using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// A model as late interaction (ColBERT) sees it: a vector of length 1 for every token, 0 where padded or left out, in place of one for the text. Parameters and everything else
/// are the model's own, which stays the caller's.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class TokenVectors(TrainingModel model) : TrainingModel
{
    public override nn.Module Module => model.Module;

    public override int Dimension => model.Dimension;

    public override bool IsContextual => false;

    public override bool HasFirstStage => false;

    public override bool UsesStatistics => false;

    /// <summary>(b, T) -> (b, T, d).</summary>
    public override Tensor Encode(PaddedBatch texts, IReadOnlyList<Tensor> context, Tensor? buckets)
    {
        var hidden = model.EncodeTokens(texts);
        return nn.functional.normalize(hidden, dim: -1) * model.TokenMask(texts).unsqueeze(-1).to_type(hidden.dtype);
    }

    public override void Write(ModelFolderWriter writer) => model.Write(writer);

    /// <summary>Queries as they are, documents and negatives with as many tokens, the further ones 0.</summary>
    public static Tensor[] SameLength(IReadOnlyList<Tensor> groups)
    {
        var longest = groups.Skip(1).Max(group => group.size(1));
        return [groups[0], .. groups.Skip(1).Select(group => Padded(group, longest))];
    }

    /// <summary>1 on real tokens of documents, then of negatives: each (N, T, d) -> (sum N, T).</summary>
    public static Tensor Mask(IReadOnlyList<Tensor> groups) => cat([.. groups.Select(group => group.detach().ne(0).any(-1).to_type(ScalarType.Int64))], 0);

    /// <summary>With so many tokens, the further ones 0: (N, t, d) -> (N, T, d).</summary>
    public static Tensor Padded(Tensor group, long tokens) => group.size(1) == tokens
        ? group
        : cat([group, zeros([group.size(0), tokens - group.size(1), group.size(2)], dtype: group.dtype, device: group.device)], 1);

    protected override void Dispose(bool disposing)
    {
    }
}
