namespace Cde.Workbench.Text.Normalization;

/// <summary>Removes blanks at the ends.</summary>
/// <param name="left">Whether at the beginning.</param>
/// <param name="right">Whether at the end.</param>
internal sealed class TrimBlanks(bool left, bool right) : ITextNormalizer
{
    /// <inheritdoc/>
    public string Apply(string text) => (left, right) switch
    {
        (true, true) => text.Trim(),
        (true, false) => text.TrimStart(),
        (false, true) => text.TrimEnd(),
        _ => text,
    };
}
