namespace Cde.Workbench.Text.Normalization;

/// <summary>One step of normalization: text without lone surrogates in, the same out. Safe to use from several threads.</summary>
internal interface ITextNormalizer
{
    /// <summary>Normalizes a text.</summary>
    string Apply(string text);
}
