using System.Globalization;

namespace Cde.Kernels.Displays;

/// <summary>A few lines of a cell with one of them marked.</summary>
public static class CodeExcerpt
{
    private const int MaxCharacters = 200;

    /// <summary>The lines around one, each with its number; an arrow marks the one.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="line">The marked line, from 1.</param>
    /// <param name="column">The column in UTF-16 units, from 1, to put a caret under; none where 0.</param>
    /// <param name="around">Lines before and after. Default: 2.</param>
    /// <returns>The lines; none where the cell has no such line.</returns>
    public static IReadOnlyList<string> Lines(string code, int line, int column = 0, int around = 2)
    {
        var all = code.ReplaceLineEndings("\n").Split('\n');
        if (line < 1 || line > all.Length)
            return [];
        var (first, last) = (Math.Max(1, line - around), Math.Min(all.Length, line + around));
        var width = last.ToString(CultureInfo.InvariantCulture).Length;
        var lines = new List<string>();
        for (var number = first; number <= last; number++)
        {
            var text = all[number - 1].Length > MaxCharacters ? all[number - 1][..MaxCharacters] + "…" : all[number - 1];
            lines.Add($"{(number == line ? "→" : " ")} {number.ToString(CultureInfo.InvariantCulture).PadLeft(width)} | {text}".TrimEnd());
            if (number == line && column > 0 && column <= Math.Min(all[number - 1].Length + 1, MaxCharacters))
                lines.Add($"  {new string(' ', width)} | {Indent(text, column - 1)}^");
        }

        return lines;
    }

    // Tabs stay tabs, so that the caret stands under its letter whatever a tab is wide.
    private static string Indent(string text, int length) => string.Concat(text.Take(length).Select(letter => letter == '\t' ? '\t' : ' '));
}
