namespace Cde.Kernels.Displays;

/// <summary>
/// What describing one value may cost: nodes, characters, time. A part gets an even share of what is left, so that the first row of a
/// table cannot use up what the last one needs.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class Budget(TimeProvider time)
{
    /// <summary>Values and parts of values in one display.</summary>
    public const int MaxNodes = 12_000;

    /// <summary>Characters of text in one display.</summary>
    public const int MaxCharacters = 1_000_000;

    /// <summary>How long getters and enumerators may be called for.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(3);

    /// <summary>How long enumerators may be called for; what is left is for the properties of the items.</summary>
    public static readonly TimeSpan MaxItemTime = TimeSpan.FromSeconds(2);

    private readonly long _start = time.GetTimestamp();
    private int _nodes = MaxNodes;
    private int _floor;

    /// <summary>Characters that may still be shown.</summary>
    public int Characters { get; private set; } = MaxCharacters;

    /// <summary>Whether there is time for another getter.</summary>
    public bool HasTime => time.GetElapsedTime(_start) < MaxTime;

    /// <summary>Whether there is time for another item of a sequence.</summary>
    public bool HasTimeForItems => time.GetElapsedTime(_start) < MaxItemTime;

    /// <summary>Takes one node; false where the share is used up.</summary>
    public bool TryTake()
    {
        if (_nodes <= _floor)
            return false;
        _nodes--;
        return true;
    }

    /// <summary>As much of a text as may still be shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters at most.</param>
    public string Take(string text, int most)
    {
        var length = Math.Min(text.Length, Math.Max(0, Math.Min(most, Characters)));
        if (length < text.Length && length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        Characters -= length;
        return text[..length];
    }

    /// <summary>Keeps what is left for the parts that follow: until the share ends, only one part in <paramref name="parts"/> may be used.</summary>
    public Share ForOneOf(int parts)
    {
        var outer = _floor;
        _floor = Math.Max(_floor, _nodes - Math.Max(1, (_nodes - _floor) / Math.Max(1, parts)));
        return new Share(this, outer);
    }

    /// <summary>A part's share, until it is disposed of.</summary>
    /// <param name="budget">The whole.</param>
    /// <param name="outer">The floor outside.</param>
    public readonly ref struct Share(Budget budget, int outer)
    {
        /// <summary>Ends the share.</summary>
        public void Dispose() => budget._floor = outer;
    }
}
