namespace Cde.Workbench.Text.Normalization;

/// <summary>Normalizers one after the other.</summary>
internal sealed class NormalizerSequence(IReadOnlyList<ITextNormalizer> steps) : ITextNormalizer
{
    /// <inheritdoc/>
    public string Apply(string text)
    {
        foreach (var step in steps)
            text = step.Apply(text);
        return text;
    }
}
