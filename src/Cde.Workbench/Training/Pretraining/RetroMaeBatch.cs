using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>One batch of RetroMAE pre-training (spec A-9). Legend: B texts, T tokens, padded on the right.</summary>
/// <param name="EncoderIds">(B, T): the text with some tokens hidden.</param>
/// <param name="Mask">(B, T): 1 on real tokens.</param>
/// <param name="EncoderLabels">(B, T): the hidden tokens, -100 elsewhere.</param>
/// <param name="DecoderIds">(B, T): the whole text.</param>
/// <param name="Visible">(B, T, T): 1 where the decoder's row sees the column; no row sees itself.</param>
/// <param name="DecoderLabels">(B, T): every token but the first and the last, -100 there and on padding.</param>
public sealed record RetroMaeBatch(Tensor EncoderIds, Tensor Mask, Tensor EncoderLabels, Tensor DecoderIds, Tensor Visible, Tensor DecoderLabels) : IDisposable
{
    /// <summary>At most so many masks are drawn for a text's decoder rows to choose from.</summary>
    public const int MostDecoderMasks = 128;

    /// <summary>Hides tokens of some texts, lightly for the encoder, and anew for every row of the decoder.</summary>
    /// <param name="tokens">Tokenised texts with special tokens.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="encoder">Masking for the encoder, 0.3 of the tokens in the paper.</param>
    /// <param name="decoder">Masking for the decoder, 0.5 in the paper.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="seed">The same seed gives the same batch.</param>
    /// <param name="device">Where the tensors live; null is the CPU.</param>
    public static RetroMaeBatch From(
        TokenBatch tokens, IReadOnlyList<int> rows, TokenMasking encoder, TokenMasking decoder, int padId, long seed, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        var (count, length) = (rows.Count, rows.Max(tokens.Length));
        var (encoderIds, mask, encoderLabels) = (Filled(count * length, padId), new long[count * length], Filled(count * length, MaskedLanguageModel.Ignored));
        var (decoderIds, visible, decoderLabels) = (Filled(count * length, padId), new long[count * length * length], Filled(count * length, MaskedLanguageModel.Ignored));
        var random = new SeededRandom(seed);
        for (var row = 0; row < count; row++)
        {
            var ids = tokens[rows[row]];
            var start = row * length;
            var (shown, labels) = encoder.Hide(ids, encoder.Choose(ids, random), unchecked((long)random.Next()));
            var masks = new bool[Math.Min(ids.Length, MostDecoderMasks)][];
            for (var i = 0; i < masks.Length; i++)
                masks[i] = decoder.Choose(ids, random);
            for (var t = 0; t < ids.Length; t++)
            {
                (encoderIds[start + t], mask[start + t], encoderLabels[start + t], decoderIds[start + t]) = (shown[t], 1, labels[t], ids[t]);
                if (t > 0 && t < ids.Length - 1)
                    decoderLabels[start + t] = ids[t];
                var hidden = masks[random.Below(masks.Length)];
                for (var other = 0; other < ids.Length; other++)
                    visible[(start + t) * length + other] = other == t || hidden[other] ? 0 : 1;
            }
        }

        Tensor Matrix(long[] values) => tensor(values, [count, length], device: device);
        return new RetroMaeBatch(
            Matrix(encoderIds), Matrix(mask), Matrix(encoderLabels), Matrix(decoderIds), tensor(visible, [count, length, length], device: device), Matrix(decoderLabels));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in new[] { EncoderIds, Mask, EncoderLabels, DecoderIds, Visible, DecoderLabels })
            tensor.Dispose();
    }

    private static long[] Filled(int count, long value)
    {
        var values = new long[count];
        values.AsSpan().Fill(value);
        return values;
    }
}
