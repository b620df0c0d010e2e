namespace Cde.Workbench.Text;

/// <summary>How many tokens each text of a pair keeps.</summary>
internal static class PairLengths
{
    /// <summary>Cuts two lengths so that they fit together.</summary>
    /// <param name="first">Tokens of the first text.</param>
    /// <param name="second">Tokens of the second text.</param>
    /// <param name="room">The most tokens of both together.</param>
    /// <param name="truncation">Which text loses them.</param>
    /// <returns>What each keeps, or null where the strategy cannot make them fit.</returns>
    internal static (int First, int Second)? Cut(int first, int second, int room, PairTruncation truncation)
    {
        var excess = first + second - room;
        if (excess <= 0)
            return (first, second);
        if (truncation == PairTruncation.OnlyFirst)
            return first > excess ? (first - excess, second) : null;
        if (truncation == PairTruncation.OnlySecond)
            return second > excess ? (first, second - excess) : null;

        // The longer one shrinks to the shorter; from there on they take turns, the second first.
        var alone = Math.Min(excess, Math.Abs(first - second));
        (first, second) = first > second ? (first - alone, second) : (first, second - alone);
        excess -= alone;
        return (first - excess / 2, second - (excess + 1) / 2);
    }
}
