namespace Cde.Workbench.Models;

/// <summary>Counts, document by document, in how many documents each vocabulary id occurs.</summary>
/// <param name="vocabularySize">V: how many ids there are.</param>
public sealed class ContextStatisticsCounter(int vocabularySize)
{
    private readonly int[] _counts = new int[vocabularySize];
    private readonly int[] _lastSeen = new int[vocabularySize];
    private int _documents;

    /// <summary>Counts a document.</summary>
    /// <param name="ids">Its token ids.</param>
    public void Add(ReadOnlySpan<int> ids)
    {
        _documents++;
        foreach (var id in ids)
        {
            if (_lastSeen[id] == _documents)
                continue;
            _lastSeen[id] = _documents;
            _counts[id]++;
        }
    }

    /// <summary>What was counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No document was.</exception>
    public ContextStatistics ToStatistics() => new([.. _counts], _documents);
}
