namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>A batch while it is filled.</summary>
internal sealed class BatchFill(BatchSamplerOptions options)
{
    private readonly List<long> _rows = new(Math.Min(options.BatchSize, 1 << 16));
    private readonly HashSet<ulong> _texts = [];
    private long _tokens;

    public int Count => _rows.Count;

    /// <summary>Whether a row's tokens fit; the first row always does.</summary>
    public bool HasRoom(long row) => _rows.Count == 0 || (_rows.Count < options.BatchSize && (options.TokenBudget == 0 || _tokens + Tokens(row) <= options.TokenBudget));

    /// <summary>Adds a row, unless it shares a text with one that is there.</summary>
    public bool TryAdd(long row)
    {
        if (options.Distinct?.TryAdd(row, _texts) == false)
            return false;
        _rows.Add(row);
        _tokens += Tokens(row);
        return true;
    }

    public long[] ToArray() => [.. _rows];

    public void Clear()
    {
        _rows.Clear();
        _texts.Clear();
        _tokens = 0;
    }

    private int Tokens(long row) => options.TokenBudget == 0 ? 0 : options.RowTokens![(int)row];
}
