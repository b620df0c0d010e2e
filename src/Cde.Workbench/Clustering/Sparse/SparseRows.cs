using System.Runtime.InteropServices;

namespace Cde.Workbench.Clustering;

/// <summary>A matrix of mostly zeros, (N, W): of each row the columns that are not zero, ascending, and their values. Eight bytes a value.</summary>
internal sealed class SparseRows
{
    private const int Most = int.MaxValue / sizeof(float); // values whose bytes one span holds

    private readonly int[] _starts; // (N + 1)
    private readonly int[] _columns;
    private readonly float[] _values;

    private SparseRows(int[] starts, int[] columns, float[] values, int width) => (_starts, _columns, _values, Width) = (starts, columns, values, width);

    /// <summary>N.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>Values that are not zero, of all rows.</summary>
    public int Filled => _columns.Length;

    /// <summary>Rows of these.</summary>
    /// <param name="rows">Of each row its columns, ascending, and their values.</param>
    /// <param name="width">W.</param>
    /// <exception cref="CdeException">They are more than an array holds.</exception>
    public static SparseRows Of(IReadOnlyList<(int[] Columns, float[] Values)> rows, int width)
    {
        var starts = Starts(rows.Count, row => rows[row].Columns.Length);
        var (columns, values) = (new int[starts[^1]], new float[starts[^1]]);
        for (var row = 0; row < rows.Count; row++)
        {
            rows[row].Columns.CopyTo(columns, starts[row]);
            rows[row].Values.CopyTo(values, starts[row]);
        }

        return new SparseRows(starts, columns, values, width);
    }

    /// <summary>A row's columns, ascending.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>A row's values, in the order of its columns.</summary>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>(W, N): what was a column is a row.</summary>
    public SparseRows Transposed()
    {
        var counts = new int[Width];
        foreach (var column in _columns)
            counts[column]++;
        var starts = Starts(Width, column => counts[column]);
        var (columns, values, next) = (new int[_columns.Length], new float[_columns.Length], starts[..^1]);
        for (var row = 0; row < Count; row++)
        {
            for (var i = _starts[row]; i < _starts[row + 1]; i++)
            {
                var place = next[_columns[i]]++;
                (columns[place], values[place]) = (row, _values[i]);
            }
        }

        return new SparseRows(starts, columns, values, Count);
    }

    /// <summary>Each row divided by its length; a row of zeros stays.</summary>
    public SparseRows Normalized()
    {
        var values = new float[_values.Length];
        for (var row = 0; row < Count; row++)
        {
            var length = Math.Sqrt(SquaredNorm(row));
            for (var i = _starts[row]; i < _starts[row + 1]; i++)
                values[i] = (float)(_values[i] / length);
        }

        return new SparseRows(_starts, _columns, values, Width);
    }

    /// <summary>A row's product with itself, summed in double.</summary>
    public double SquaredNorm(int row)
    {
        var sum = 0.0;
        foreach (var value in Values(row))
            sum += (double)value * value;
        return sum;
    }

    /// <summary>Adds every number to a hash.</summary>
    public void AddTo(ContentHashBuilder hash) =>
        hash.Add(Width).Add(MemoryMarshal.AsBytes<int>(_starts)).Add(MemoryMarshal.AsBytes<int>(_columns)).Add(_values);

    private static int[] Starts(int count, Func<int, int> filled)
    {
        var starts = new int[count + 1];
        var total = 0L;
        for (var row = 0; row < count; row++)
        {
            total += filled(row);
            if (total > Most)
                throw new CdeException($"clusters of words: the texts have more than {Most} different words, each counted once a text; cluster fewer pairs at once, such as within domains");
            starts[row + 1] = (int)total;
        }

        return starts;
    }
}
