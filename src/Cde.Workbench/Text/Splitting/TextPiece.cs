namespace Cde.Workbench.Text.Splitting;

/// <summary>A part of a text on its way to the model.</summary>
/// <param name="Text">The text that holds it.</param>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
/// <param name="IsFirst">Whether it starts where the whole text starts.</param>
internal readonly record struct TextPiece(string Text, int Start, int Length, bool IsFirst)
{
    /// <summary>The characters.</summary>
    internal ReadOnlySpan<char> Span => Text.AsSpan(Start, Length);

    /// <summary>A part of this piece.</summary>
    internal TextPiece Slice(int start, int length) => new(Text, Start + start, length, IsFirst && start == 0);

    /// <summary>Another text in this piece's place.</summary>
    internal TextPiece With(string text) => new(text, 0, text.Length, IsFirst);
}
