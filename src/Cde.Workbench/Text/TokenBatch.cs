namespace Cde.Workbench.Text;

/// <summary>Token ids of many texts, one behind the other: rows of their own lengths, without padding.</summary>
public sealed class TokenBatch
{
    private readonly int[] _ids;
    private readonly int[] _offsets;
    private readonly byte[]? _typeIds;
    private readonly byte[] _zeros;

    /// <summary>Takes over the arrays.</summary>
    /// <param name="ids">The rows, one behind the other.</param>
    /// <param name="offsets">Where each row starts, and at last where the last one ends: one entry more than rows.</param>
    /// <param name="typeIds">0 for tokens of the first text of a pair, 1 for the second; null where all are 0.</param>
    /// <exception cref="ArgumentException">The offsets do not cover the ids in rising order, or the type ids are not as many as the ids.</exception>
    public TokenBatch(int[] ids, int[] offsets, byte[]? typeIds = null)
    {
        if (offsets.Length == 0 || offsets[0] != 0 || offsets[^1] != ids.Length)
            throw new ArgumentException("the first offset is 0 and the last one the number of ids", nameof(offsets));
        for (var row = 0; row < offsets.Length - 1; row++)
        {
            var length = offsets[row + 1] - offsets[row];
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(offsets));
            MaxLength = Math.Max(MaxLength, length);
        }

        if (typeIds is not null && typeIds.Length != ids.Length)
            throw new ArgumentException($"{typeIds.Length} type ids for {ids.Length} ids", nameof(typeIds));
        (_ids, _offsets, _typeIds) = (ids, offsets, typeIds);
        _zeros = typeIds is null ? new byte[MaxLength] : [];
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _offsets.Length - 1;

    /// <summary>The length of the longest row, in tokens.</summary>
    public int MaxLength { get; }

    /// <summary>The tokens of all rows together.</summary>
    public long TotalTokens => _ids.Length;

    /// <summary>The ids of a row.</summary>
    public ReadOnlySpan<int> this[int row] => _ids.AsSpan(_offsets[row], Length(row));

    /// <summary>How many tokens a row has.</summary>
    public int Length(int row) => _offsets[row + 1] - _offsets[row];

    /// <summary>For each token of a row 0, or 1 where it belongs to the second text of a pair.</summary>
    public ReadOnlySpan<byte> TypeIds(int row) =>
        _typeIds is null ? _zeros.AsSpan(0, Length(row)) : _typeIds.AsSpan(_offsets[row], Length(row));
}
