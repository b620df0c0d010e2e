namespace Cde.Workbench.Text.Splitting;

/// <summary>SentencePiece's blanks: spaces become a visible mark, one is put in front, and each mark starts a word.</summary>
/// <param name="mark">What a space becomes: U+2581.</param>
/// <param name="prefix">Where a mark is put in front.</param>
/// <param name="splits">Whether words are pieces of their own.</param>
internal sealed class MetaspaceSplit(char mark, MetaspacePrefix prefix, bool splits) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece piece, List<TextPiece> output)
    {
        if (piece.Length == 0)
            return;
        var text = piece.Span.ToString().Replace(' ', mark);
        if (text[0] != mark && (prefix == MetaspacePrefix.Always || (prefix == MetaspacePrefix.First && piece.IsFirst)))
            text = mark + text;
        piece = piece.With(text);
        var start = 0;
        for (var index = 1; splits && index < text.Length; index++)
        {
            if (text[index] != mark)
                continue;
            output.Add(piece.Slice(start, index - start));
            start = index;
        }

        output.Add(piece.Slice(start, text.Length - start));
    }
}

/// <summary>Where <see cref="MetaspaceSplit"/> puts a mark in front.</summary>
internal enum MetaspacePrefix
{
    /// <summary>In front of every piece.</summary>
    Always,

    /// <summary>In front of the piece that starts the text.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
