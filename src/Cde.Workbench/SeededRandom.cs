namespace Cde.Workbench;

/// <summary>
/// The SplitMix64 generator (Steele, Lea, Flood 2014): the same seed gives the same numbers on every machine and in every version.
/// </summary>
/// <param name="seed">Decides every number.</param>
public sealed class SeededRandom(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>The generator of a seed that has several parts, such as a run's seed, a purpose and an epoch.</summary>
    public static SeededRandom For(params ReadOnlySpan<long> seed)
    {
        var state = (ulong)seed.Length;
        foreach (var part in seed)
            state = Mix((state + 0x9E3779B97F4A7C15) ^ Mix(unchecked((ulong)part) + 0x9E3779B97F4A7C15));
        return new SeededRandom(unchecked((long)state));
    }

    /// <summary>SplitMix64's finaliser: a permutation of 64 bits in which every bit depends on every other.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 up to but not including 1, a multiple of 2^-53.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Shuffles in place, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <summary>A whole number from 0 to <paramref name="limit"/> - 1, each equally likely (Lemire 2019).</summary>
    public int Below(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        while (true)
        {
            var high = Math.BigMul(Next(), (ulong)limit, out var low);
            // What is rejected lies below 2^64 mod limit, which is below the limit: the slow division is seldom needed.
            if (low >= (ulong)limit || low >= (0UL - (ulong)limit) % (ulong)limit)
                return (int)high;
        }
    }
}
