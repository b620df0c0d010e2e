using System.Runtime.InteropServices;

namespace Cde.Workbench.Models;

/// <summary>Which texts go into which batch. Every text is in exactly one.</summary>
public sealed class BatchPlan
{
    private readonly int[] _rows;
    private readonly int[] _starts;
    private readonly int[] _lengths;

    internal BatchPlan(int[] rows, int[] starts, int[] lengths)
    {
        (_rows, _starts, _lengths) = (rows, starts, lengths);
        for (var batch = 0; batch < Count; batch++)
            Positions += (long)(starts[batch + 1] - starts[batch]) * MaxLength(batch);
        foreach (var length in lengths)
            Tokens += length;
    }

    /// <summary>How many batches there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The rows of a batch, longest first.</summary>
    public ReadOnlySpan<int> this[int batch] => _rows.AsSpan(_starts[batch], _starts[batch + 1] - _starts[batch]);

    /// <summary>How many real tokens all batches hold.</summary>
    public long Tokens { get; }

    /// <summary>How many positions all batches compute, padding included.</summary>
    public long Positions { get; }

    /// <summary>The share of positions that are padding, 0 to 1.</summary>
    public double PaddingTax => Positions == 0 ? 0 : 1 - (double)Tokens / Positions;

    /// <summary>The length in tokens that a batch is padded to: that of its longest row.</summary>
    public int MaxLength(int batch) => _lengths[_rows[_starts[batch]]];

    /// <summary>The length in tokens of a row.</summary>
    internal int Length(int row) => _lengths[row];

    /// <summary>Names the order of rows and the cuts between batches: equal for equal plans.</summary>
    internal string Hash()
    {
        using var hash = ContentHash.Build();
        return hash.Add(MemoryMarshal.AsBytes<int>(_rows))
            .Add(MemoryMarshal.AsBytes<int>(_starts))
            .ToHash();
    }
}
