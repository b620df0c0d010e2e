using System.Globalization;
using System.Text;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Contexts;

/// <summary>
/// <c>random-strings</c>: the substitute for a corpus that nobody knows. Each document is 8 to 40 words; a word is, three times in four,
/// one of some 300 everyday English words and else 2 to 10 random small letters and digits. The seed decides them; the corpus is not
/// looked at.
/// </summary>
public sealed class RandomStringsSampler : IMinicorpusSampler
{
    /// <summary>The sampler's name.</summary>
    public const string SamplerName = "random-strings";

    private const string Characters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <inheritdoc/>
    public string Name => SamplerName;

    /// <inheritdoc/>
    public IReadOnlyList<int> Sample(int corpusCount, int size, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(corpusCount);
        return [.. Enumerable.Range(0, size).Select(i => i % corpusCount)];
    }

    /// <summary>The generated strings, as a corpus of their own. More of them with the same seed begin with the same ones.</summary>
    public Corpus Source(Corpus? corpus, int size, long seed)
    {
        var random = new SeededRandom(seed);
        return new MemoryCorpus(
            $"random strings, seed {seed.ToString(CultureInfo.InvariantCulture)}",
            Enumerable.Range(0, size).Select(i => new Document($"string-{i.ToString(CultureInfo.InvariantCulture)}", Text(random))));
    }

    private static string Text(SeededRandom random)
    {
        var text = new StringBuilder();
        for (var words = 8 + random.Below(33); words > 0; words--)
        {
            if (text.Length > 0)
                text.Append(' ');
            if (random.Below(4) < 3)
            {
                text.Append(CommonWords.English[random.Below(CommonWords.English.Count)]);
                continue;
            }

            for (var letters = 2 + random.Below(9); letters > 0; letters--)
                text.Append(Characters[random.Below(Characters.Length)]);
        }

        return text.ToString();
    }
}
