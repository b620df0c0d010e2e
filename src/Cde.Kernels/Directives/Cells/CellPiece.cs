namespace Cde.Kernels.Directives;

/// <summary>A run of a cell's lines: one directive, or code between two of them.</summary>
/// <param name="Start">Where it begins in the cell, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive. A directive ends before its line break, code behind its last one.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Directive">The directive; null for code.</param>
internal sealed record CellPiece(int Start, int End, int Line, DirectiveLine? Directive)
{
    /// <summary>Cuts a cell at its directives, whatever these say. Together with the line breaks behind directives the pieces are the whole text.</summary>
    public static IReadOnlyList<CellPiece> Split(string cell, string cellName = "Cell")
    {
        var pieces = new List<CellPiece>();
        var (codeStart, codeLine) = (0, 1);
        var number = 0;
        for (var start = 0; start < cell.Length;)
        {
            number++;
            var rest = cell.AsSpan(start);
            var length = rest.IndexOfAny('\r', '\n') is var found and >= 0 ? found : rest.Length;
            var next = start + length + BreakLength(rest[length..]);
            if (DirectiveLine.Is(rest[..length]))
            {
                if (start > codeStart)
                    pieces.Add(new CellPiece(codeStart, start, codeLine, null));
                pieces.Add(new CellPiece(start, start + length, number, new DirectiveLine(cell, start, start + length, number, cellName)));
                (codeStart, codeLine) = (next, number + 1);
            }

            start = next;
        }

        if (codeStart < cell.Length)
            pieces.Add(new CellPiece(codeStart, cell.Length, codeLine, null));
        return pieces;
    }

    /// <summary>How many line breaks a text has.</summary>
    public static int CountBreaks(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (; text.IndexOfAny('\r', '\n') is var at and >= 0; count++)
            text = text[(at + BreakLength(text[at..]))..];
        return count;
    }

    private static int BreakLength(ReadOnlySpan<char> rest) => rest switch
    {
        [] => 0,
        ['\r', '\n', ..] => 2,
        _ => 1,
    };
}
