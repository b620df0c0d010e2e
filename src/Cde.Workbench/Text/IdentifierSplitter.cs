namespace Cde.Workbench.Text;

/// <summary>
/// Puts blanks between the words of an identifier: <c>XmlReaderSettings</c> becomes <c>Xml Reader Settings</c>, <c>IOStream</c> becomes
/// <c>IO Stream</c>; <c>Int32</c>, <c>Vector2D</c> and <c>IDs</c> stay whole. Splitting twice changes nothing more.
/// </summary>
public static class IdentifierSplitter
{
    /// <summary>Splits every identifier of a text.</summary>
    public static string Split(string text)
    {
        var boundaries = 0;
        for (var index = 1; index < text.Length; index++)
            boundaries += IsBoundary(text, index) ? 1 : 0;
        if (boundaries == 0)
            return text;
        return string.Create(text.Length + boundaries, text, static (output, source) => Split(source, output));
    }

    /// <summary>Splits every identifier of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="output">Receives the result: at most twice as long.</param>
    /// <returns>How many characters were written.</returns>
    public static int Split(ReadOnlySpan<char> text, Span<char> output)
    {
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (IsBoundary(text, index))
                output[length++] = ' ';
            output[length++] = text[index];
        }

        return length;
    }

    private static bool IsBoundary(ReadOnlySpan<char> text, int index)
    {
        if (index == 0 || !char.IsUpper(text[index]))
            return false;
        var before = text[index - 1];
        if (char.IsLower(before))
            return true;
        var startsWord = index + 1 < text.Length && char.IsLower(text[index + 1]);
        if (!startsWord)
            return false;
        return char.IsDigit(before) || (char.IsUpper(before) && !IsPlural(text, index + 1));
    }

    // The s of "IDs" and "URLs" belongs to the capitals before it.
    private static bool IsPlural(ReadOnlySpan<char> text, int index) =>
        text[index] == 's' && (index + 1 == text.Length || !char.IsLetterOrDigit(text[index + 1]));
}
