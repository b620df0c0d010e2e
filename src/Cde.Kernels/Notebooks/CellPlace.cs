using System.Globalization;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// What messages call a cell: <c>cell [5] "var task = ..."</c>. The number is the one that front ends show beside the cell (Markdown has none), and the first line
/// finds the cell where it has been numbered anew.
/// </summary>
internal static class CellPlace
{
    private const int Characters = 40;

    /// <summary>A code cell by its number and its first line.</summary>
    /// <param name="count">The number beside it, <c>[5]</c>.</param>
    /// <param name="source">Its code.</param>
    public static string Of(int count, string source)
    {
        var first = source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
        return string.Create(CultureInfo.InvariantCulture, $"cell [{count}]") + (first is null ? "" : $" \"{Shown.Shorten(first, Characters)}\"");
    }
}
