namespace Cde.Workbench.Text.Normalization;

/// <summary>A Unicode normalization form as a step.</summary>
internal sealed class TextForms(Func<string, string> form) : ITextNormalizer
{
    // No form changes ASCII.
    /// <inheritdoc/>
    public string Apply(string text) => System.Text.Ascii.IsValid(text) ? text : form(text);
}
