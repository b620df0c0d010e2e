namespace Cde.Workbench.Text.Normalization;

/// <summary>Puts something in front of a text that is not empty.</summary>
/// <param name="prefix">What.</param>
internal sealed class PrependText(string prefix) : ITextNormalizer
{
    /// <inheritdoc/>
    public string Apply(string text) => text.Length == 0 ? text : prefix + text;
}
