namespace Cde.Workbench;

/// <summary>The way out of a mistyped name.</summary>
public static class NearestNames
{
    /// <summary>How many names one suggestion offers at most.</summary>
    public const int MaxOffered = 3;

    /// <summary>
    /// <c>did you mean a, b?</c> with the known names nearest to the wanted one; where none is near, <c>known: a, b, c</c>
    /// (at most ten, then a count).
    /// </summary>
    public static string Suggest(string wanted, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).ToList();
        var near = Find(wanted, names);
        if (near.Count > 0)
            return $"did you mean {string.Join(", ", near)}?";
        if (names.Count == 0)
            return "none is known";
        var shown = string.Join(", ", names.Order(StringComparer.Ordinal).Take(10));
        return names.Count > 10 ? $"known: {shown} and {names.Count - 10} more" : $"known: {shown}";
    }

    /// <summary>
    /// The known names nearest to the wanted one, nearest first: those within a third of its length in edits, letter case aside,
    /// and those that hold it or are held by it.
    /// </summary>
    public static IReadOnlyList<string> Find(string wanted, IEnumerable<string> known)
    {
        var target = wanted.ToLowerInvariant();
        return [.. known
            .Distinct(StringComparer.Ordinal)
            .Select(name => (name, edits: Edits(target, name.ToLowerInvariant()), part: IsPart(target, name.ToLowerInvariant())))
            .Where(entry => entry.part || entry.edits <= Math.Max(1, target.Length / 3))
            .OrderBy(entry => entry.part ? Math.Min(entry.edits, 1) : entry.edits)
            .ThenBy(entry => entry.edits)
            .ThenBy(entry => entry.name, StringComparer.Ordinal)
            .Take(MaxOffered)
            .Select(entry => entry.name)];
    }

    private static bool IsPart(string wanted, string name) =>
        (wanted.Length >= 3 && name.Contains(wanted, StringComparison.Ordinal))
        || (name.Length >= 3 && wanted.Contains(name, StringComparison.Ordinal));

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other.</summary>
    internal static int Edits(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}
