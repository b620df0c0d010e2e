using System.Text.RegularExpressions;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// Masks the columns of text tables that hold rates or times without a unit in each cell: those headed <c>tokens/s</c>, <c>seconds</c> or <c>ms</c>. A table is a line of
/// names over a rule; its numbers end where their column's name ends, or begin where it begins.
/// </summary>
internal static partial class TimedColumns
{
    /// <summary>The lines, with the cells of such columns masked.</summary>
    public static IEnumerable<string> Mask(IReadOnlyList<string> lines)
    {
        IReadOnlyList<(int Start, int End)> columns = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Length == 0)
                columns = [];
            else if (i + 1 < lines.Count && lines[i + 1].StartsWith("──", StringComparison.Ordinal))
                columns = [.. Names().Matches(lines[i]).Select(name => (name.Index, name.Index + name.Length))];
            yield return columns.Count == 0 ? lines[i] : Cells().Replace(lines[i], cell => columns.Any(column => column.End == cell.Index + cell.Length || column.Start == cell.Index) ? "<rate>" : cell.Value);
        }
    }

    [GeneratedRegex(@"(?<!\S)(\w+/s|seconds|ms)(?!\S)")]
    private static partial Regex Names();

    [GeneratedRegex(@"(?<!\S)[\d,.]+(?!\S)")]
    private static partial Regex Cells();
}
