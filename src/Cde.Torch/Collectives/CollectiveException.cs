namespace Cde.Torch;

/// <summary>Processes cannot work together: one is lost, stopped, or never came. The message is one line.</summary>
public sealed class CollectiveException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What happened, and to which process.</param>
    /// <param name="lost">Ranks of which no sign of life came; empty where none is known.</param>
    /// <param name="inner">What c10d said.</param>
    public CollectiveException(string message, IReadOnlyList<int> lost, Exception? inner = null)
        : base(message, inner) => LostRanks = lost;

    /// <summary>Ranks of which no sign of life came; empty where none is known.</summary>
    public IReadOnlyList<int> LostRanks { get; }
}
