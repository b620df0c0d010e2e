namespace Cde.Workbench.Corpora;

/// <summary>The order of ids as their UTF-8 bytes, as C's <c>strcmp</c> and with it trec_eval sees them.</summary>
public sealed class IdByteOrder : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static IdByteOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return string.CompareOrdinal(x, y);
        var same = x.AsSpan().CommonPrefixLength(y);
        if (same == x.Length || same == y.Length)
            return x.Length.CompareTo(y.Length);
        // UTF-16 puts surrogates below U+E000; in UTF-8 what they stand for comes last.
        var (left, right) = (x[same], y[same]);
        return char.IsSurrogate(left) == char.IsSurrogate(right) ? left.CompareTo(right) : char.IsSurrogate(left) ? 1 : -1;
    }
}
