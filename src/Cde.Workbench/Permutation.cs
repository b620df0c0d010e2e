namespace Cde.Workbench;

/// <summary>
/// A shuffle of 0 .. n-1 that holds nothing in memory: any place is computed alone. A Feistel network (Luby and Rackoff 1988) permutes the
/// next power of four; a value past the end is permuted again until it falls inside (cycle walking, Black and Rogaway 2002). The same
/// seed and count give the same order on every machine.
/// </summary>
internal sealed class Permutation
{
    private const int Rounds = 6; // Luby and Rackoff need four for indistinguishability; small halves mix better with two more
    private const int SmallestHalf = 4; // bits: on a domain of 256 even a permutation of three elements depends on many key bits

    private readonly ulong[] _keys = new ulong[Rounds];
    private readonly int _half;

    /// <summary>The permutation of <paramref name="count"/> places that a seed names.</summary>
    public Permutation(long count, params ReadOnlySpan<long> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Count = count;
        _half = SmallestHalf;
        while (1L << (2 * _half) < count)
            _half++;
        var random = SeededRandom.For(seed);
        for (var round = 0; round < Rounds; round++)
            _keys[round] = random.Next();
    }

    /// <summary>n.</summary>
    public long Count { get; }

    /// <summary>What stands at a place.</summary>
    public long this[long place]
    {
        get
        {
            if ((ulong)place >= (ulong)Count)
                throw new ArgumentOutOfRangeException(nameof(place), place, $"the permutation has {Count} places");
            var value = (ulong)place;
            do
                value = Turn(value);
            while (value >= (ulong)Count);
            return (long)value;
        }
    }

    /// <summary>The first <paramref name="count"/> elements in ascending order: a sample without replacement.</summary>
    public int[] Sample(int count)
    {
        var chosen = new int[count];
        for (var i = 0; i < count; i++)
            chosen[i] = (int)this[i];
        Array.Sort(chosen);
        return chosen;
    }

    private ulong Turn(ulong value)
    {
        var mask = (1UL << _half) - 1;
        var (left, right) = (value >> _half, value & mask);
        foreach (var key in _keys)
            (left, right) = (right, left ^ (SeededRandom.Mix(right ^ key) & mask));
        return (left << _half) | right;
    }
}
