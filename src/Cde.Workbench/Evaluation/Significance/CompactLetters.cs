namespace Cde.Workbench.Evaluation;

/// <summary>
/// The compact letter display (Piepho 2004, by inserting and absorbing): systems that share a letter do not differ significantly, systems that share none do.
/// </summary>
public static class CompactLetters
{
    /// <summary>The letters of each system: <c>a</c> goes with the best.</summary>
    /// <param name="means">The systems' means.</param>
    /// <param name="different">The pairs that differ significantly, by the systems' positions.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<double> means, IEnumerable<(int First, int Second)> different)
    {
        var best = Enumerable.Range(0, means.Count).OrderByDescending(system => means[system]).ToArray();
        var columns = new List<HashSet<int>> { new(best) };
        foreach (var (first, second) in different)
        {
            foreach (var column in columns.Where(column => column.Contains(first) && column.Contains(second)).ToList())
            {
                columns.Remove(column);
                columns.Add([.. column.Where(system => system != first)]);
                columns.Add([.. column.Where(system => system != second)]);
            }

            // A column inside another says nothing more.
            for (var i = columns.Count - 1; i >= 0; i--)
            {
                if (columns.Where((other, j) => j != i && columns[i].IsSubsetOf(other) && (columns[i].Count < other.Count || j < i)).Any())
                    columns.RemoveAt(i);
            }
        }

        var ordered = columns.OrderBy(column => string.Concat(best.Select(system => column.Contains(system) ? '0' : '1')), StringComparer.Ordinal).ToList();
        return [.. Enumerable.Range(0, means.Count).Select(system => string.Concat(ordered.Select((column, letter) => column.Contains(system) ? Letter(letter) : "")))];
    }

    private static string Letter(int number) => number < 26 ? ((char)('a' + number)).ToString() : $"({number + 1})";
}
