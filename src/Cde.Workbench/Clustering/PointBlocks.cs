using System.Runtime.InteropServices;
using Cde.Workbench.Search;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Points as tensors, block by block, in main memory: all of them at once where they fit the limit, else read again in each pass.
/// </summary>
internal sealed class PointBlocks : IDisposable
{
    private const int ReadRows = 1024;
    private const double LargestSquare = 1e36; // products of such rows are finite in float32

    private readonly IPoints _points;
    private readonly bool _isResident;
    private readonly Tensor _rows; // (N, d), or a buffer for one block

    /// <summary>Takes the points; where they fit the limit, reads them.</summary>
    /// <exception cref="CdeException">A row holds NaN, infinity or a number too large to multiply; named.</exception>
    public PointBlocks(IPoints points, long memoryBytes, int blockRows, CancellationToken cancellationToken)
    {
        (_points, BlockRows) = (points, Math.Max(1, Math.Min(blockRows, points.Count)));
        _isResident = (long)points.Count * points.Dimension * sizeof(float) <= memoryBytes;
        _rows = empty(_isResident ? points.Count : BlockRows, points.Dimension, dtype: ScalarType.Float32, device: CPU);
        try
        {
            Check(cancellationToken);
        }
        catch
        {
            _rows.Dispose();
            throw;
        }
    }

    /// <summary>N.</summary>
    public int Count => _points.Count;

    /// <summary>d.</summary>
    public int Dimension => _points.Dimension;

    /// <summary>The largest squared norm of a row.</summary>
    public double LargestSquaredNorm { get; private set; }

    /// <summary>The sum of all squared norms, in double.</summary>
    public double SquaredNorms { get; private set; }

    /// <summary>Rows in every block but the last.</summary>
    public int BlockRows { get; }

    /// <summary>How many blocks there are.</summary>
    public int Blocks => (Count + BlockRows - 1) / BlockRows;

    /// <summary>The numbers of a contiguous tensor, where they lie.</summary>
    public static Span<float> Values(Tensor rows) => MemoryMarshal.Cast<byte, float>(rows.bytes);

    /// <summary>The first row of a block.</summary>
    public int Start(int block) => block * BlockRows;

    /// <summary>A block, (rows, d); the caller disposes of it before asking for the next.</summary>
    public Tensor Block(int block)
    {
        var start = Start(block);
        var count = Math.Min(BlockRows, Count - start);
        if (_isResident)
            return _rows.narrow(0, start, count);
        var view = _rows.narrow(0, 0, count);
        _points.Read(start, Values(view));
        return view;
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>Reads every row once: into memory where it stays there, else only to see that all are numbers.</summary>
    private void Check(CancellationToken cancellationToken)
    {
        var bad = new List<int>();
        var step = Math.Min(ReadRows, (int)_rows.size(0));
        for (var start = 0; start < Count; start += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var view = _rows.narrow(0, _isResident ? start : 0, Math.Min(step, Count - start));
            var values = Values(view);
            _points.Read(start, values);
            for (var i = 0; i < values.Length / Dimension; i++)
            {
                var row = values.Slice(i * Dimension, Dimension);
                var square = ExactDot.Of(row, row);
                (LargestSquaredNorm, SquaredNorms) = (Math.Max(LargestSquaredNorm, square), SquaredNorms + square);
                if (!(square <= LargestSquare))
                    bad.Add(start + i);
            }
        }

        if (bad.Count == 0)
            return;
        var named = string.Join(", ", bad.Take(5).Select(row => $"\"{_points.Name(row)}\""));
        throw new CdeException(
            $"{bad.Count} of {Count} vectors hold NaN, infinity or numbers beyond 1e18: {named}{(bad.Count > 5 ? $" and {bad.Count - 5} more" : "")}; "
            + "embed these texts again or leave them out");
    }
}
