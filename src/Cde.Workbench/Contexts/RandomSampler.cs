namespace Cde.Workbench.Contexts;

/// <summary>
/// <c>random</c>: documents drawn without replacement, each order equally likely. A corpus of n documents, fewer than the size, is
/// over-sampled: every document floor(size/n) times, and a random choice of (size mod n) of them once more. A larger size with the same
/// seed extends the smaller one.
/// </summary>
public sealed class RandomSampler : IMinicorpusSampler
{
    /// <summary>The sampler's name.</summary>
    public const string SamplerName = "random";

    /// <inheritdoc/>
    public string Name => SamplerName;

    /// <inheritdoc/>
    public IReadOnlyList<int> Sample(int corpusCount, int size, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(corpusCount);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var random = new SeededRandom(seed);
        var chosen = new int[size];
        for (var start = 0L; start < size; start += corpusCount)
            Draw(random, corpusCount, chosen.AsSpan((int)start, (int)Math.Min(corpusCount, size - start)));
        return chosen;
    }

    /// <summary>Fisher and Yates' shuffle, cut off when enough is drawn; only the moved positions are held.</summary>
    private static void Draw(SeededRandom random, int count, Span<int> chosen)
    {
        var moved = new Dictionary<int, int>();
        for (var i = 0; i < chosen.Length; i++)
        {
            var pick = i + random.Below(count - i);
            chosen[i] = moved.GetValueOrDefault(pick, pick);
            moved[pick] = moved.GetValueOrDefault(i, i);
        }
    }
}
