using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Finds the best centroid of each point: the largest x.c + b, the lower index on a tie, where b is 0 for cosines and -|c|^2/2 for Euclidean
/// distances. Matrix products in float32 find candidates; what comes within the rounding bound of the best (Higham 2002, 3.1) is decided by
/// sums in double. So neither block sizes nor threads nor the kind of multiplication can change an assignment.
/// </summary>
internal sealed unsafe class CentroidScorer : IDisposable
{
    private const int Tile = 1024; // centroids
    private const int Group = 96; // rows that a thread multiplies at once: their scores stay in its second-level cache
    private const double RoundOff = 1.0 / (1 << 24); // half the distance from 1 to the next float32
    private const double Tiny = 1e-37; // covers products that underflow

    private readonly float[] _centroids;
    private readonly int _dimension;
    private readonly double[] _biases;
    private readonly double _slack; // two scores further apart than this stand in the order of their exact values
    private readonly List<PackedRows> _tiles = [];
    private readonly float[][] _scores; // of each thread's group

    /// <summary>Lays the centroids out for multiplication.</summary>
    /// <param name="centroids">(K, d).</param>
    /// <param name="dimension">d.</param>
    /// <param name="metric">Decides b.</param>
    /// <param name="largestRow">The largest norm of a point.</param>
    public CentroidScorer(float[] centroids, int dimension, ClusterMetric metric, double largestRow)
    {
        (_centroids, _dimension) = (centroids, dimension);
        var count = centroids.Length / dimension;
        _biases = new double[count];
        var (largest, largestBias) = (0.0, 0.0);
        for (var k = 0; k < count; k++)
        {
            var square = ExactDot.Of(Centroid(k), Centroid(k));
            _biases[k] = metric == ClusterMetric.Euclidean ? -square / 2 : 0;
            (largest, largestBias) = (Math.Max(largest, Math.Sqrt(square)), Math.Max(largestBias, Math.Abs(_biases[k])));
        }

        _slack = 2 * (((dimension + 8) * 1.01 * RoundOff * largest * largestRow) + (4 * RoundOff * largestBias) + Tiny);
        for (var first = 0; first < count; first += Tile)
            _tiles.Add(Pack(first, Math.Min(Tile, count - first), metric));
        _scores = new float[_tiles[0].Threads(get_num_threads())][];
        for (var i = 0; i < _scores.Length; i++)
            _scores[i] = new float[Group * _tiles[0].Stride];
    }

    /// <summary>Rows in a block: enough to keep every thread busy between two points where they meet.</summary>
    public static int BlockRows(int clusters) => Math.Clamp((1 << 20) / Math.Min(clusters, Tile) / 256 * 256, 1024, 4096);

    /// <summary>The best centroid of each row, (rows, d).</summary>
    /// <returns>How many rows had another label before.</returns>
    public int Assign(ReadOnlySpan<float> rows, Span<int> labels)
    {
        var (count, groups, next, moved) = (labels.Length, (labels.Length + Group - 1) / Group, -1, 0);
        fixed (float* first = rows)
        fixed (int* into = labels)
        {
            var (from, to) = ((nint)first, (nint)into);
            Parallel.For(0, Math.Min(_scores.Length, groups), worker =>
            {
                for (int group; (group = Interlocked.Increment(ref next)) < groups;)
                {
                    var (start, size) = (group * Group, Math.Min(Group, count - (group * Group)));
                    var some = new ReadOnlySpan<float>((float*)from + ((long)start * _dimension), size * _dimension);
                    Interlocked.Add(ref moved, Assign(some, new Span<int>((int*)to + start, size), _scores[worker]));
                }
            });
        }

        return moved;
    }

    public void Dispose() => _tiles.ForEach(tile => tile.Dispose());

    private ReadOnlySpan<float> Centroid(int k) => _centroids.AsSpan(k * _dimension, _dimension);

    private PackedRows Pack(int first, int count, ClusterMetric metric)
    {
        var rows = _centroids.AsSpan(first * _dimension, count * _dimension);
        var biases = metric == ClusterMetric.Cosine ? [] : Array.ConvertAll(_biases[first..(first + count)], bias => (float)bias);
        return new PackedRows(rows, _dimension, biases);
    }

    private int Assign(ReadOnlySpan<float> rows, Span<int> labels, float[] products)
    {
        Span<int> best = stackalloc int[Group];
        Span<float> scores = stackalloc float[Group];
        for (var (tile, first) = (0, 0); tile < _tiles.Count; tile++, first += Tile)
        {
            var (stride, width) = (_tiles[tile].Stride, Math.Min(Tile, _biases.Length - first));
            _tiles[tile].Products(rows, products); // (rows, d) -> (rows, K)
            for (var i = 0; i < labels.Length; i++)
                Take(rows.Slice(i * _dimension, _dimension), products.AsSpan(i * stride, width), first, ref best[i], ref scores[i]);
        }

        var moved = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            moved += labels[i] != best[i] ? 1 : 0;
            labels[i] = best[i];
        }

        return moved;
    }

    /// <summary>Takes the best centroid of a tile, where it is better than the best of the tiles before.</summary>
    private void Take(ReadOnlySpan<float> row, ReadOnlySpan<float> products, int first, ref int best, ref float score)
    {
        var (largest, second) = TopTwo.Of(products);
        var found = first + (largest - second > _slack ? products.IndexOf(largest) : Closest(row, products, first, largest - _slack));
        var isBetter = first == 0 || largest - score > _slack || (score - largest <= _slack && Exact(row, found) > Exact(row, best));
        if (isBetter)
            (best, score) = (found, largest);
    }

    /// <summary>The place of the best by sums in double among the products from <paramref name="bar"/> on.</summary>
    private int Closest(ReadOnlySpan<float> row, ReadOnlySpan<float> products, int first, double bar)
    {
        var (best, score) = (-1, double.NegativeInfinity);
        for (var k = 0; k < products.Length; k++)
        {
            if (products[k] < bar)
                continue;
            var exact = Exact(row, first + k);
            if (best < 0 || exact > score)
                (best, score) = (k, exact);
        }

        return best;
    }

    private double Exact(ReadOnlySpan<float> row, int k) => ExactDot.Of(row, Centroid(k)) + _biases[k];
}
