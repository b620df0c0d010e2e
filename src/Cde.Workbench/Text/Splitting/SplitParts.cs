namespace Cde.Workbench.Text.Splitting;

/// <summary>Puts the matched and unmatched parts of a piece together as a <see cref="SplitBehavior"/> says.</summary>
/// <param name="piece">What is split.</param>
/// <param name="behavior">What becomes of matches.</param>
/// <param name="output">Receives the pieces.</param>
internal ref struct SplitParts(TextPiece piece, SplitBehavior behavior, List<TextPiece> output)
{
    private int _start;
    private int _end;
    private bool _endsWithMatch;

    /// <summary>Adds the next part; an empty one is nothing.</summary>
    internal void Add(int start, int end, bool isMatch)
    {
        if (start == end)
            return;
        var joins = _end > _start && behavior switch
        {
            SplitBehavior.MergedWithPrevious => isMatch && !_endsWithMatch,
            SplitBehavior.MergedWithNext => !isMatch && _endsWithMatch,
            SplitBehavior.Contiguous => isMatch == _endsWithMatch,
            _ => false,
        };
        if (!joins)
        {
            Finish();
            _start = start;
        }

        _end = end;
        _endsWithMatch = isMatch;
        if (isMatch && behavior == SplitBehavior.Removed)
            _start = end;
    }

    /// <summary>Hands over what is pending.</summary>
    internal void Finish()
    {
        if (_end > _start)
            output.Add(piece.Slice(_start, _end - _start));
        _start = _end;
    }
}
