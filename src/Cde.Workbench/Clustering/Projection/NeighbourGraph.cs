namespace Cde.Workbench.Clustering;

/// <summary>The nearest other points of every point, nearest first; equally near ones by their number.</summary>
public sealed class NeighbourGraph
{
    private readonly int[] _rows; // (N, k)
    private readonly float[] _squares; // (N, k)

    internal NeighbourGraph(int[] rows, float[] squares, int neighbours, ClusterMetric metric)
    {
        (_rows, _squares, Neighbours, Metric) = (rows, squares, neighbours, metric);
    }

    /// <summary>N.</summary>
    public int Count => _rows.Length / Neighbours;

    /// <summary>k: neighbours of each point, itself not among them.</summary>
    public int Neighbours { get; }

    /// <summary>How far two points are.</summary>
    public ClusterMetric Metric { get; }

    /// <summary>The k nearest others of a point.</summary>
    public ReadOnlySpan<int> Of(int row) => _rows.AsSpan(row * Neighbours, Neighbours);

    /// <summary>How far the neighbour at a place is: 1 - cosine, or the Euclidean distance.</summary>
    public double Distance(int row, int place)
    {
        double square = Squares(row)[place];
        return Metric == ClusterMetric.Cosine ? square / 2 : Math.Sqrt(square);
    }

    /// <summary>Squared Euclidean distances to the neighbours; for cosines those of the unit vectors.</summary>
    internal ReadOnlySpan<float> Squares(int row) => _squares.AsSpan(row * Neighbours, Neighbours);
}
