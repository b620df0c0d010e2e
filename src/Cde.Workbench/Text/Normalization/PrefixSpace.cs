namespace Cde.Workbench.Text.Normalization;

/// <summary>A blank in front of a whole text, as the Python tokenizers of GPT-2 and RoBERTa add it.</summary>
/// <param name="always">Whether every text gets it (GPT-2), or only one that is not empty and does not start with a blank (RoBERTa).</param>
internal sealed class PrefixSpace(bool always) : ITextNormalizer
{
    /// <inheritdoc/>
    public string Apply(string text) => !always && (text.Length == 0 || IsPythonBlank(text[0])) ? text : " " + text;

    /// <summary>Python's <c>str.isspace</c>, which also counts the separators U+001C to U+001F.</summary>
    internal static bool IsPythonBlank(char character) => char.IsWhiteSpace(character) || character is >= '\u001C' and <= '\u001F';
}
