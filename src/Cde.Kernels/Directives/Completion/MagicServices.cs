using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>
/// Completions and explanations on the lines of magics. Positions are UTF-16 units in the cell's text. Where <see cref="CodeAt"/> finds code,
/// that language's own services answer; elsewhere these do.
/// </summary>
/// <param name="host">The notebook.</param>
public sealed class MagicServices(IDirectiveHost host)
{
    /// <summary>The code at a position, at the cell's own positions; null where a magic's line stands there.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="position">The position.</param>
    /// <param name="language">The language of the text up to the first selector; the default one where null.</param>
    public LanguageCode? CodeAt(string cell, int position, string? language = null) =>
        LineAt(cell, position) is null ? LanguageCode.At(host, cell, position, language) : null;

    /// <summary>What could stand at a position of a magic's line: names, subcommands, options that are not used yet, values.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="position">The position.</param>
    /// <param name="language">The language of the text up to the first selector; the default one where null.</param>
    public CompletionList Complete(string cell, int position, string? language = null)
    {
        if (LineAt(cell, position) is not { } line || position < line.Start + 2)
            return CompletionList.None(position);
        var typed = new DirectiveLine(cell, line.Start, position, line.Number);
        var current = typed.Words[^1].End == position ? typed.Words[^1] : null;
        var start = current?.Start ?? position;
        var end = line.Words.FirstOrDefault(word => current is not null && word.Start == start)?.End ?? position;
        return new CompletionList(start, end, new LineCompletion(host, LanguageCode.LanguageAbove(host, cell, line.Start, language), typed, current).Entries());
    }

    /// <summary>What stands at a position of a magic's line; null where nothing is known of it.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="position">The position.</param>
    /// <param name="language">The language of the text up to the first selector; the default one where null.</param>
    public Hover? Inspect(string cell, int position, string? language = null) => LineAt(cell, position) is { } line
        ? new LineHover(host, LanguageCode.LanguageAbove(host, cell, line.Start, language), line).At(position)
        : null;

    /// <summary>The magic's line at a position; a lone <c>#!</c> is one that is being written.</summary>
    private static DirectiveLine? LineAt(string cell, int position)
    {
        var start = position == 0 ? 0 : cell.LastIndexOfAny(['\r', '\n'], position - 1) + 1;
        var end = cell.IndexOfAny(['\r', '\n'], position) is var found and >= 0 ? found : cell.Length;
        var line = cell.AsSpan(start, end - start);
        if (!DirectiveLine.Is(line) && line is not "#!")
            return null;
        return new DirectiveLine(cell, start, end, 1 + CellPiece.CountBreaks(cell.AsSpan(0, start)));
    }
}
