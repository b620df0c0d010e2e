namespace Cde.Workbench.Corpora;

/// <summary>Takes the first sentence of a summary: what a person would search with.</summary>
internal static class SummarySentence
{
    /// <summary>How many words a summary needs to say something. From the probe that fixed the task: shorter ones are names again.</summary>
    public const int MinWords = 4;

    private static readonly string[] Abbreviations = ["e.g.", "i.e.", "etc.", "vs."];

    /// <summary>The first sentence; the whole summary where that sentence has fewer than four words. Null for a summary below four words.</summary>
    public static string? Of(string summary)
    {
        if (CountWords(summary) < MinWords)
            return null;
        for (var index = 0; index < summary.Length - 2; index++)
        {
            if (summary[index] is not ('.' or '!' or '?') || summary[index + 1] != ' ' || !char.IsUpper(summary[index + 2]))
                continue;
            var sentence = summary[..(index + 1)];
            if (Abbreviations.Any(abbreviation => sentence.EndsWith(abbreviation, StringComparison.Ordinal)))
                continue;
            return CountWords(sentence) >= MinWords ? sentence : summary;
        }

        return summary;
    }

    private static int CountWords(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
