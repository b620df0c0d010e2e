namespace Cde.Workbench;

/// <summary>
/// The SplitMix64 generator (Steele, Lea, Flood 2014): the same seed gives the same numbers on every machine and in every version.
/// </summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to <paramref name="limit"/> - 1, each equally likely (Lemire 2019).</summary>
    public int Below(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var rejected = (0UL - (ulong)limit) % (ulong)limit;
        while (true)
        {
            var high = Math.BigMul(Next(), (ulong)limit, out var low);
            if (low >= rejected)
                return (int)high;
        }
    }
}
