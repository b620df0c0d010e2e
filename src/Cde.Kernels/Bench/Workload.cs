using Cde.Workbench.Text;

namespace Cde.Kernels.Bench;

/// <summary>Texts as seeded random token ids, of given lengths.</summary>
internal static class Workload
{
    private const int FirstWord = 1000;     // below it BERT's vocabulary has special and unused ids
    private const int LastWord = 30000;

    /// <summary>One row a length.</summary>
    public static TokenBatch Of(IReadOnlyList<int> lengths, long seed)
    {
        var random = new Random(unchecked((int)seed));
        var offsets = new int[lengths.Count + 1];
        for (var i = 0; i < lengths.Count; i++)
            offsets[i + 1] = offsets[i] + lengths[i];
        var ids = new int[offsets[^1]];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = random.Next(FirstWord, LastWord);
        return new TokenBatch(ids, offsets);
    }

    /// <summary>So many rows of one length.</summary>
    public static TokenBatch Of(int count, int length, long seed) => Of([.. Enumerable.Repeat(length, count)], seed);

    /// <summary>The first rows.</summary>
    public static TokenBatch First(TokenBatch texts, int count)
    {
        var lengths = Lengths(texts)[..count];
        var (ids, offsets) = (new List<int>(), new List<int> { 0 });
        for (var row = 0; row < lengths.Length; row++)
        {
            ids.AddRange(texts[row]);
            offsets.Add(ids.Count);
        }

        return new TokenBatch([.. ids], [.. offsets]);
    }

    /// <summary>The length of each row.</summary>
    public static int[] Lengths(TokenBatch texts) => [.. Enumerable.Range(0, texts.Count).Select(texts.Length)];
}
