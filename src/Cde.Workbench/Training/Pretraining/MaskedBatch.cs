using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>Texts with some tokens hidden. Legend: B texts, T tokens, padded on the right.</summary>
/// <param name="Ids">(B, T): the texts with some tokens hidden.</param>
/// <param name="Mask">(B, T): 1 on real tokens.</param>
/// <param name="Labels">(B, T): the hidden tokens, -100 elsewhere.</param>
public sealed record MaskedBatch(Tensor Ids, Tensor Mask, Tensor Labels) : IDisposable
{
    /// <summary>Hides tokens of some texts.</summary>
    /// <param name="tokens">Tokenised texts with special tokens.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="masking">Which tokens are hidden, and what stands in their place.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="seed">The same seed gives the same batch.</param>
    /// <param name="device">Where the tensors live; null is the CPU.</param>
    public static MaskedBatch From(TokenBatch tokens, IReadOnlyList<int> rows, TokenMasking masking, int padId, long seed, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        var (count, length) = (rows.Count, rows.Max(tokens.Length));
        var (ids, mask, labels) = (new long[count * length], new long[count * length], new long[count * length]);
        ids.AsSpan().Fill(padId);
        labels.AsSpan().Fill(MaskedLanguageModel.Ignored);
        var random = new SeededRandom(seed);
        for (var row = 0; row < count; row++)
        {
            var text = tokens[rows[row]];
            var (shown, asked) = masking.Hide(text, masking.Choose(text, random), unchecked((long)random.Next()));
            for (var t = 0; t < text.Length; t++)
                (ids[row * length + t], mask[row * length + t], labels[row * length + t]) = (shown[t], 1, asked[t]);
        }

        Tensor Matrix(long[] values) => tensor(values, [count, length], device: device);
        return new MaskedBatch(Matrix(ids), Matrix(mask), Matrix(labels));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in new[] { Ids, Mask, Labels })
            tensor.Dispose();
    }
}
