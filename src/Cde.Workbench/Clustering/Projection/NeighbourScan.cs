using System.Numerics;
using System.Numerics.Tensors;
using Cde.Torch;
using Cde.Workbench.Search;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Meets every pair of points once: a tile of columns against the rows from the tile on. For a row x and a column y the product is x.y - |y|^2/2,
/// which is |x|^2/2 above -|x - y|^2/2, so one number says whether y may enter the list of x and x that of y.
/// </summary>
internal sealed class NeighbourScan
{
    private const int Tile = 4096; // columns: with 256 rows their products take 4 MiB
    private const int BlockRows = 256;
    private const int Stride = 64; // products passed over at once where none reaches the bar
    private const int Shares = 16; // of a block, for threads
    private const double RoundOff = 1.0 / (1 << 24); // half the distance from 1 to the next float32
    private const double Tiny = 1e-37; // covers products that underflow

    private readonly IPoints _points;
    private readonly int _d;
    private readonly ParallelOptions _parallel;
    private readonly NeighbourLists _lists;
    private readonly float[] _columns; // (Tile, d)

    /// <summary>Looks at the points once, for their largest norm.</summary>
    /// <exception cref="CdeException">A row holds NaN or infinity; named.</exception>
    public NeighbourScan(IPoints points, int neighbours, CancellationToken cancellationToken)
    {
        (_points, _d, _parallel) = (points, points.Dimension, new ParallelOptions { CancellationToken = cancellationToken });
        using var blocks = new PointBlocks(points, 0, 1024, cancellationToken);
        // The error bound of a sum of d products (Higham 2002, 3.1), and that of the few sums with halved squares around it.
        _lists = new NeighbourLists(points.Count, neighbours, (2 * 1.01 * RoundOff * (_d + 32) * blocks.LargestSquaredNorm) + Tiny);
        _columns = new float[Math.Min(Tile, points.Count) * _d];
    }

    /// <summary>Fills the lists.</summary>
    public NeighbourLists Run(IProgress<WorkProgress>? progress)
    {
        var n = (long)_points.Count;
        var done = 0L;
        using var none = no_grad();
        using var buffer = empty(Math.Min(BlockRows, n), _d, dtype: ScalarType.Float32, device: CPU);
        for (var first = 0; first < n; first += Tile)
        {
            var width = (int)Math.Min(Tile, n - first);
            using var layer = Pack(first, width);
            for (var start = first; start < n; start += BlockRows)
            {
                _parallel.CancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BlockRows, n - start);
                using var rows = buffer.narrow(0, 0, count);
                _points.Read(start, PointBlocks.Values(rows));
                using var products = layer.Apply(rows); // (rows, d) -> (rows, columns)
                Take(rows, products, start, count, first, width);
                done += (long)count * width;
            }

            progress?.Report(new WorkProgress("neighbours", Math.Min(done, n * n / 2), n * n / 2, "pairs"));
        }

        return _lists;
    }

    private PackedLinear Pack(int first, int width)
    {
        var values = _columns.AsSpan(0, width * _d);
        _points.Read(first, values);
        using var weight = empty(width, _d, dtype: ScalarType.Float32, device: CPU);
        values.CopyTo(PointBlocks.Values(weight));
        using var bias = empty(width, dtype: ScalarType.Float32, device: CPU);
        for (var j = 0; j < width; j++)
            PointBlocks.Values(bias)[j] = (float)(-ExactDot.Of(Column(j), Column(j)) / 2);
        return new PackedLinear(weight, bias);
    }

    private ReadOnlySpan<float> Column(int j) => _columns.AsSpan(j * _d, _d);

    /// <summary>Offers each pair of a block to the row's list and, where the rows are none of the columns, to the column's.</summary>
    private void Take(Tensor rows, Tensor products, int start, int count, int first, int width)
    {
        Parallel.For(0, Shares, _parallel, share => RowLists(rows, products, start, Part(count, share), first, width));
        if (start >= first + width)
            Parallel.For(0, Shares, _parallel, share => ColumnLists(rows, products, start, count, first, Part(width, share), width));
    }

    private static Range Part(int count, int share) => (int)((long)count * share / Shares)..(int)((long)count * (share + 1) / Shares);

    private void RowLists(Tensor rows, Tensor products, int start, Range part, int first, int width)
    {
        var values = PointBlocks.Values(rows);
        var all = PointBlocks.Values(products);
        for (var i = part.Start.Value; i < part.End.Value; i++)
        {
            var row = values.Slice(i * _d, _d);
            var scores = all.Slice(i * width, width);
            var (list, half) = (start + i, ExactDot.Of(row, row) / 2);
            for (var from = 0; from < width; from += Stride)
            {
                var stride = scores.Slice(from, Math.Min(Stride, width - from));
                if (TensorPrimitives.Max(stride) - half < _lists.Bars[list])
                    continue;
                for (var j = from; j < from + stride.Length; j++)
                {
                    if (scores[j] - half >= _lists.Bars[list] && first + j != list)
                        _lists.Offer(list, first + j, ExactDistance.Squared(row, Column(j)));
                }
            }
        }
    }

    private void ColumnLists(Tensor rows, Tensor products, int start, int count, int first, Range part, int width)
    {
        var values = PointBlocks.Values(rows);
        var all = PointBlocks.Values(products);
        var bars = _lists.Bars.AsSpan(first, width);
        for (var i = 0; i < count; i++)
        {
            var row = values.Slice(i * _d, _d);
            var scores = all.Slice(i * width, width);
            var half = (float)(ExactDot.Of(row, row) / 2);
            var halves = new Vector<float>(half);
            var j = part.Start.Value;
            for (; j <= part.End.Value - Vector<float>.Count; j += Vector<float>.Count)
            {
                if (Vector.GreaterThanOrEqualAny(new Vector<float>(scores[j..]) - halves, new Vector<float>(bars[j..])))
                    Offer(scores, bars, half, row, start + i, first, j, j + Vector<float>.Count);
            }

            Offer(scores, bars, half, row, start + i, first, j, part.End.Value);
        }
    }

    private void Offer(ReadOnlySpan<float> scores, ReadOnlySpan<float> bars, float half, ReadOnlySpan<float> row, int number, int first, int from, int to)
    {
        for (var j = from; j < to; j++)
        {
            if (scores[j] - half >= bars[j])
                _lists.Offer(first + j, number, ExactDistance.Squared(row, Column(j)));
        }
    }
}
