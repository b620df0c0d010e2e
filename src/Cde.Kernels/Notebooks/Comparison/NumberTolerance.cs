using System.Globalization;
using System.Text.RegularExpressions;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// Compares two masked lines: words must be equal, whole numbers too, and numbers with a decimal point or an exponent may differ by one unit of the last digit that is
/// shown, by a thousandth of their size, or by a millionth, whichever is most. Sums that run in another order stay well inside; another ranking or another loss does not.
/// </summary>
public static partial class NumberTolerance
{
    /// <summary>The relative tolerance of a number with decimals.</summary>
    public const double Relative = 1e-3;

    /// <summary>The absolute tolerance of a number with decimals.</summary>
    public const double Absolute = 1e-6;

    /// <summary>Whether two lines say the same.</summary>
    public static bool Agree(string recorded, string shown)
    {
        if (recorded == shown)
            return true;
        var (before, after) = (Numbers().Matches(recorded), Numbers().Matches(shown));
        return before.Count == after.Count
            && Numbers().Replace(recorded, "#") == Numbers().Replace(shown, "#")
            && before.Zip(after).All(pair => AreClose(pair.First.Value, pair.Second.Value));
    }

    /// <summary>A line with <c>#</c> in the place of each number, however it is joined to letters.</summary>
    public static string WithoutNumbers(string line) => AnyNumber().Replace(line, "#");

    private static bool AreClose(string recorded, string shown)
    {
        if (recorded == shown)
            return true;
        if (!HasDecimals(recorded) || !HasDecimals(shown))
            return false;
        var (before, after) = (Parse(recorded), Parse(shown));
        var allowed = Math.Max(Math.Min(LastUnit(recorded), LastUnit(shown)) * 1.0001, Math.Max(Absolute, Relative * Math.Max(Math.Abs(before), Math.Abs(after))));
        return Math.Abs(before - after) <= allowed;
    }

    private static bool HasDecimals(string number) => number.AsSpan().ContainsAny('.', 'e', 'E');

    private static double Parse(string number) => double.Parse(number.Replace('−', '-'), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static double LastUnit(string number)
    {
        var end = number.AsSpan().IndexOfAny('e', 'E');
        var mantissa = end < 0 ? number : number[..end];
        var exponent = end < 0 ? 0 : int.Parse(number.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        return Math.Pow(10, exponent - (point < 0 ? 0 : mantissa.Length - point - 1));
    }

    [GeneratedRegex(@"(?<![\w.])[-−+]?\d[\d,]*(\.\d+)?([eE][-+]?\d+)?(?![\w])")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"-?\d[\d.,]*([eE][-+]?\d+)?")]
    private static partial Regex AnyNumber();
}
