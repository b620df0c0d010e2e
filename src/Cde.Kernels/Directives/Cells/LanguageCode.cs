using Cde.Kernels.Cells;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>What a language's services are asked about: all code of that language in a cell.</summary>
/// <param name="Language">The language's name.</param>
/// <param name="Code">
/// The cell's text with every character that is not this language's code replaced by a blank, line breaks kept: positions and lines are the
/// cell's own, and code above a magic is seen by code below it.
/// </param>
public sealed record LanguageCode(string Language, string Code)
{
    /// <summary>The code at a position of a cell; null where a directive's line stands there.</summary>
    /// <param name="host">The notebook.</param>
    /// <param name="cell">The cell's text.</param>
    /// <param name="position">A position in UTF-16 units, up to the text's length.</param>
    /// <param name="language">The language of the text up to the first selector; the default one where null.</param>
    public static LanguageCode? At(IDirectiveHost host, string cell, int position, string? language = null)
    {
        var pieces = Pieces(host, cell, language);
        if (pieces.Any(entry => entry.Piece.Directive is not null && entry.Piece.Start <= position && position <= entry.Piece.End))
            return null;
        var wanted = pieces.LastOrDefault(entry => entry.Piece.Start <= position).Language ?? Default(host, language);
        var masked = cell.ToCharArray();
        foreach (var (piece, _) in pieces.Where(entry => entry.Piece.Directive is not null || entry.Language != wanted))
        {
            for (var at = piece.Start; at < piece.End; at++)
            {
                if (masked[at] is not ('\r' or '\n'))
                    masked[at] = ' ';
            }
        }

        return new LanguageCode(wanted, new string(masked));
    }

    /// <summary>The language that a cell ends in, with its code: what tells whether the cell is whole. Null where it ends with a magic.</summary>
    public static LanguageCode? AtEnd(IDirectiveHost host, string cell, string? language = null) => At(host, cell, cell.Length, language);

    /// <summary>The language of a cell where a magic's line begins.</summary>
    internal static string LanguageAbove(IDirectiveHost host, string cell, int start, string? language) =>
        Pieces(host, cell[..start], language) is [.., var last] ? last.Language : Default(host, language);

    private static List<(CellPiece Piece, string Language)> Pieces(IDirectiveHost host, string cell, string? language)
    {
        var current = Default(host, language);
        var pieces = new List<(CellPiece, string)>();
        foreach (var piece in CellPiece.Split(cell))
        {
            if (piece.Directive is { } line)
                current = Selected(host, line) ?? current;
            pieces.Add((piece, current));
        }

        return pieces;
    }

    private static string? Selected(IDirectiveHost host, DirectiveLine line)
    {
        if (host.Directives.Find(line.Name) is not { } directive)
            return LanguageCatalog.TryFind(host.Languages, line.Name)?.Name;
        try
        {
            return directive.Selects(ArgumentBinder.Bind(directive, line));
        }
        catch (CellFailedException)
        {
            return null; // unfinished
        }
    }

    private static string Default(IDirectiveHost host, string? language) =>
        (language is null ? null : LanguageCatalog.TryFind(host.Languages, language)?.Name) ?? host.Languages[0].Name;
}
