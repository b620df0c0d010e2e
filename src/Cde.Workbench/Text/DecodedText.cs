namespace Cde.Workbench.Text;

/// <summary>What transformers calls clean-up of tokenization spaces.</summary>
internal static class DecodedText
{
    private static readonly string[] JoinedToTheWordBefore = [".", "?", "!", ","];
    private static readonly string[] Contractions = ["n't", "'m", "'s", "'ve", "'re"];

    /// <summary>Joins punctuation and English contractions to the word before, in transformers' order of replacements.</summary>
    internal static string CleanUp(string text, bool enabled)
    {
        if (!enabled)
            return text;
        foreach (var mark in JoinedToTheWordBefore)
            text = text.Replace(" " + mark, mark, StringComparison.Ordinal);
        text = text.Replace(" ' ", "'", StringComparison.Ordinal);
        foreach (var contraction in Contractions)
            text = text.Replace(" " + contraction, contraction, StringComparison.Ordinal);
        return text;
    }
}
