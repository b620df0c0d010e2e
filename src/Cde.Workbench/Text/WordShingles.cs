namespace Cde.Workbench.Text;

/// <summary>
/// The runs of <see cref="Length"/> words that a text has, to compare texts by: what two texts share of them is their Jaccard similarity (Broder 1997). Shorter
/// texts count as one run.
/// </summary>
public sealed class WordShingles
{
    /// <summary>Words in a run.</summary>
    public const int Length = 3;

    private readonly HashSet<string> runs = new(StringComparer.Ordinal);

    private WordShingles(string text)
    {
        var words = AlikeText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var start = 0; start + Length <= words.Length || start == 0; start++)
            runs.Add(string.Join(' ', words.Skip(start).Take(Length)));
    }

    /// <summary>The runs of a text.</summary>
    public static WordShingles Of(string text) => new(text);

    /// <summary>The share of runs in either text that both have, 0 to 1.</summary>
    public double Jaccard(WordShingles other)
    {
        var (small, large) = runs.Count < other.runs.Count ? (runs, other.runs) : (other.runs, runs);
        var shared = small.Count(large.Contains);
        return shared / (double)(small.Count + large.Count - shared);
    }
}
