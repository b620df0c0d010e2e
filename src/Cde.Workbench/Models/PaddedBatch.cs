using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>Some rows of a <see cref="TokenBatch"/> as tensors, padded on the right to the longest of them.</summary>
public sealed class PaddedBatch : IDisposable
{
    private PaddedBatch(Tensor ids, Tensor mask, Tensor? typeIds, int count, int length)
    {
        (Ids, Mask, TypeIds, Count, Length) = (ids, mask, typeIds, count, length);
    }

    /// <summary>Token ids, (B, T) int64.</summary>
    public Tensor Ids { get; }

    /// <summary>1 on real tokens and 0 on padding, (B, T) int64.</summary>
    public Tensor Mask { get; }

    /// <summary>Segment numbers of pairs, (B, T) int64; null where every row is a single text (all zero).</summary>
    public Tensor? TypeIds { get; }

    /// <summary>B: how many rows.</summary>
    public int Count { get; }

    /// <summary>T: the length in tokens of the longest row.</summary>
    public int Length { get; }

    /// <summary>Pads the named rows, in the order given.</summary>
    /// <param name="tokens">The tokenised texts.</param>
    /// <param name="rows">Which rows of <paramref name="tokens"/>; at least one.</param>
    /// <param name="padId">The id that fills the padding (<see cref="ITokenizer.PadId"/>).</param>
    /// <param name="device">Where the tensors live; null is the CPU.</param>
    public static PaddedBatch From(TokenBatch tokens, ReadOnlySpan<int> rows, int padId, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(rows));
        var length = 0;
        var pairs = false;
        foreach (var row in rows)
        {
            length = Math.Max(length, tokens.Length(row));
            pairs |= tokens.TypeIds(row).IndexOfAnyExcept((byte)0) >= 0;
        }

        long[] shape = [rows.Length, length];
        var ids = new long[rows.Length * length];
        var mask = new long[ids.Length];
        var types = pairs ? new long[ids.Length] : null;
        ids.AsSpan().Fill(padId);
        for (var i = 0; i < rows.Length; i++)
        {
            var source = tokens[rows[i]];
            var typeIds = tokens.TypeIds(rows[i]);
            var start = i * length;
            mask.AsSpan(start, source.Length).Fill(1);
            for (var t = 0; t < source.Length; t++)
                ids[start + t] = source[t];
            for (var t = 0; types is not null && t < typeIds.Length; t++)
                types[start + t] = typeIds[t];
        }

        return new PaddedBatch(
            tensor(ids, shape, device: device),
            tensor(mask, shape, device: device),
            types is null ? null : tensor(types, shape, device: device),
            rows.Length,
            length);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Ids.Dispose();
        Mask.Dispose();
        TypeIds?.Dispose();
    }
}
