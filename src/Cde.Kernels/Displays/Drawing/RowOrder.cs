using System.Globalization;

namespace Cde.Kernels.Displays;

/// <summary>The order of rows by one column: numbers by size, then texts, then what has no value or is not a number; equal rows as they came.</summary>
internal static class RowOrder
{
    /// <summary>The place of each row, from 0.</summary>
    /// <param name="keys">The rows' keys: doubles, strings, nulls.</param>
    public static int[] Ranks(IReadOnlyList<object?> keys)
    {
        var order = Enumerable.Range(0, keys.Count).OrderBy(row => keys[row], Comparer<object?>.Create(Compare)).ToArray();
        var ranks = new int[keys.Count];
        for (var rank = 0; rank < order.Length; rank++)
            ranks[order[rank]] = rank;
        return ranks;
    }

    /// <summary>The key of a cell that is known as text alone: the number it begins with, or the text.</summary>
    public static object? KeyOf(string text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.Length == 0)
            return null;
        var end = rest.IndexOfAny(" \t\n%±[(");
        return double.TryParse(end < 0 ? rest : rest[..end], NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : text;
    }

    private static int Compare(object? left, object? right) => (left, right) switch
    {
        (double a, double b) when !double.IsNaN(a) && !double.IsNaN(b) => a.CompareTo(b),
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        _ => Kind(left).CompareTo(Kind(right)),
    };

    private static int Kind(object? key) => key switch { double.NaN => 2, double => 0, string => 1, _ => 2 };
}
