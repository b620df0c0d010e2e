using System.Runtime.InteropServices;
using Cde.Torch;
using Cde.Workbench.Search;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Finds the best centroid of each point: the largest x.c + b, the lower index on a tie, where b is 0 for cosines and -|c|^2/2 for Euclidean
/// distances. Matrix products in float32 find candidates; what comes within the rounding bound of the best (Higham 2002, 3.1) is decided by
/// sums in double. So neither block sizes nor threads nor the kind of multiplication can change an assignment.
/// </summary>
internal sealed class CentroidScorer : IDisposable
{
    private const int Tile = 4096; // centroids: with 256 rows their scores take 4 MiB
    private const double RoundOff = 1.0 / (1 << 24); // half the distance from 1 to the next float32
    private const double Tiny = 1e-37; // covers products that underflow

    private readonly float[] _centroids;
    private readonly int _dimension;
    private readonly double[] _biases;
    private readonly double _slack; // two scores further apart than this stand in the order of their exact values
    private readonly List<PackedLinear> _tiles = [];

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
        using var none = no_grad();
        using var scope = NewDisposeScope();
        for (var first = 0; first < count; first += Tile)
            _tiles.Add(Pack(first, Math.Min(Tile, count - first), metric));
    }

    /// <summary>Rows in a block: as many as keep the scores of one tile near the processor.</summary>
    public static int BlockRows(int clusters) => Math.Clamp((1 << 20) / Math.Min(clusters, Tile) / 256 * 256, 256, 4096);

    /// <summary>The best centroid of each row, (rows, d).</summary>
    /// <returns>How many rows had another label before.</returns>
    public int Assign(Tensor rows, Span<int> labels)
    {
        var values = PointBlocks.Values(rows);
        var best = new int[labels.Length];
        var scores = new float[labels.Length];
        var first = 0;
        foreach (var tile in _tiles)
        {
            using var product = tile.Apply(rows); // (rows, d) -> (rows, K)
            var width = (int)tile.OutputCount;
            var products = MemoryMarshal.Cast<byte, float>(product.bytes);
            for (var i = 0; i < labels.Length; i++)
                Take(values.Slice(i * _dimension, _dimension), products.Slice(i * width, width), first, ref best[i], ref scores[i]);
            first += width;
        }

        var moved = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            moved += labels[i] != best[i] ? 1 : 0;
            labels[i] = best[i];
        }

        return moved;
    }

    public void Dispose() => _tiles.ForEach(tile => tile.Dispose());

    private ReadOnlySpan<float> Centroid(int k) => _centroids.AsSpan(k * _dimension, _dimension);

    private PackedLinear Pack(int first, int count, ClusterMetric metric)
    {
        using var weight = empty(count, _dimension, dtype: ScalarType.Float32, device: CPU);
        _centroids.AsSpan(first * _dimension, count * _dimension).CopyTo(PointBlocks.Values(weight));
        if (metric == ClusterMetric.Cosine)
            return new PackedLinear(weight, null);
        using var bias = empty(count, dtype: ScalarType.Float32, device: CPU);
        for (var k = 0; k < count; k++)
            PointBlocks.Values(bias)[k] = (float)_biases[first + k];
        return new PackedLinear(weight, bias);
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
