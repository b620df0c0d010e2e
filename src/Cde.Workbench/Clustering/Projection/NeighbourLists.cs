namespace Cde.Workbench.Clustering;

/// <summary>
/// The k nearest points so far of every point. What a list holds in the end does not depend on the order of the offers: nearer comes first, and of
/// equally near ones the lower number.
/// </summary>
/// <param name="count">N.</param>
/// <param name="neighbours">k.</param>
/// <param name="slack">How far a product may be from the true one: what comes so near to the last entry is still worth an exact look.</param>
internal sealed class NeighbourLists(int count, int neighbours, double slack)
{
    private readonly int[] _rows = new int[checked(count * neighbours)];
    private readonly double[] _squares = new double[count * neighbours];
    private readonly int[] _filled = new int[count];

    /// <summary>-|x - y|^2 / 2 has to reach this to enter a point's list; minus infinity while there is room.</summary>
    public float[] Bars { get; } = NoBars(count);

    /// <summary>Takes a point into a list if it is among the k nearest. Two threads never offer to one list at a time.</summary>
    /// <param name="list">Whose list.</param>
    /// <param name="row">The other point.</param>
    /// <param name="square">Their squared distance.</param>
    public void Offer(int list, int row, double square)
    {
        var squares = _squares.AsSpan(list * neighbours, neighbours);
        var rows = _rows.AsSpan(list * neighbours, neighbours);
        var filled = _filled[list];
        if (filled == neighbours && !IsNearer(square, row, squares[^1], rows[^1]))
            return;
        var (low, high) = (0, filled);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsNearer(square, row, squares[middle], rows[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        var kept = Math.Min(filled, neighbours - 1) - low;
        squares.Slice(low, kept).CopyTo(squares[(low + 1)..]);
        rows.Slice(low, kept).CopyTo(rows[(low + 1)..]);
        (squares[low], rows[low]) = (square, row);
        _filled[list] = filled = Math.Min(filled + 1, neighbours);
        if (filled == neighbours)
            Bars[list] = (float)((-squares[^1] / 2) - slack);
    }

    /// <summary>The lists, all of them full.</summary>
    public NeighbourGraph ToGraph(ClusterMetric metric) => new(_rows, Array.ConvertAll(_squares, square => (float)square), neighbours, metric);

    private static bool IsNearer(double square, int row, double otherSquare, int otherRow) => square < otherSquare || (square == otherSquare && row < otherRow);

    private static float[] NoBars(int count)
    {
        var bars = new float[count];
        Array.Fill(bars, float.NegativeInfinity);
        return bars;
    }
}
