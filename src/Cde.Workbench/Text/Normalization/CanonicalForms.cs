using System.Runtime.InteropServices;
using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>The normalization forms NFD and NFC (Unicode Standard Annex 15), independent of globalization settings.</summary>
public static class CanonicalForms
{
    /// <summary>Canonical decomposition. Lone surrogates become U+FFFD.</summary>
    public static string Decompose(string text) => ToText(CollectionsMarshal.AsSpan(DecomposeAndOrder(text)));

    /// <summary>Canonical decomposition followed by composition. Lone surrogates become U+FFFD.</summary>
    public static string Compose(string text)
    {
        var decomposed = DecomposeAndOrder(text);
        // Composed in place: what is written is never ahead of what is read.
        var codePoints = CollectionsMarshal.AsSpan(decomposed);
        var data = CanonicalData.Instance;
        var (length, starter, lastClass) = (0, -1, 0);
        foreach (var codePoint in codePoints)
        {
            var combiningClass = data.CombiningClass(codePoint);
            // Composable: right behind the starter, or only marks of lower classes between.
            var blocked = starter < 0 || (length > starter + 1 && lastClass >= combiningClass);
            if (!blocked && data.Compose(codePoints[starter], codePoint) is var composed and >= 0)
            {
                codePoints[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
                starter = length;
            lastClass = combiningClass;
            codePoints[length++] = codePoint;
        }

        return ToText(codePoints[..length]);
    }

    private static List<int> DecomposeAndOrder(string text)
    {
        var data = CanonicalData.Instance;
        var codePoints = new List<int>(text.Length + 16);
        Span<int> parts = stackalloc int[8];
        foreach (var rune in text.EnumerateRunes())
        {
            var count = data.Decompose(rune.Value, parts);
            foreach (var part in parts[..count])
                codePoints.Add(part);
        }

        SortMarks(codePoints, data);
        return codePoints;
    }

    // Each run of marks in the order of its classes, equal classes as they stood.
    private static void SortMarks(List<int> codePoints, CanonicalData data)
    {
        for (var index = 0; index < codePoints.Count; index++)
        {
            var end = index;
            while (end < codePoints.Count && data.CombiningClass(codePoints[end]) != 0)
                end++;
            if (end - index > 1)
            {
                var sorted = codePoints.GetRange(index, end - index).OrderBy(data.CombiningClass).ToList();
                for (var mark = 0; mark < sorted.Count; mark++)
                    codePoints[index + mark] = sorted[mark];
            }

            index = end;
        }
    }

    private static string ToText(ReadOnlySpan<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Length);
        Span<char> units = stackalloc char[2];
        foreach (var codePoint in codePoints)
            text.Append(units[..new Rune(codePoint).EncodeToUtf16(units)]);
        return text.ToString();
    }
}
