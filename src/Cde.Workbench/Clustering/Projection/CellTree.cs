namespace Cde.Workbench.Clustering;

/// <summary>A square of the map that holds points.</summary>
/// <param name="X">The points' mean.</param>
/// <param name="Y">The points' mean.</param>
/// <param name="Mass">How many they are.</param>
/// <param name="SquaredWidth">Of the square.</param>
/// <param name="Next">The cell after this one and all inside it.</param>
/// <param name="First">Of a cell whose points are looked at one by one, its first point in <see cref="CellTree.Order"/>; else -1.</param>
internal readonly record struct MapCell(float X, float Y, float Mass, float SquaredWidth, int Next, int First);

/// <summary>
/// A quadtree over points of the plane, its cells in the order of a walk from the top, points in the order of its leaves (Morton's). It is built anew for
/// each step in the same arrays.
/// </summary>
/// <param name="count">N.</param>
internal sealed class CellTree(int count)
{
    private const int Levels = 31; // of halving: below the precision of the coordinates, whatever lies far out
    private const int LeafPoints = 8;

    private readonly ulong[] _keys = new ulong[count]; // Morton codes
    private MapCell[] _cells = new MapCell[Math.Max(16, count)];
    private int _filled;
    private double _width;

    /// <summary>The point at each place, along Morton's curve.</summary>
    public int[] Order { get; } = new int[count];

    /// <summary>The coordinates in that order.</summary>
    public float[] X { get; } = new float[count];

    /// <summary>The coordinates in that order.</summary>
    public float[] Y { get; } = new float[count];

    /// <summary>The cells, the whole map first, each followed by those inside it.</summary>
    public ReadOnlySpan<MapCell> Cells => _cells.AsSpan(0, _filled);

    /// <summary>Builds the tree of pairs (x, y).</summary>
    public void Build(float[] pairs)
    {
        var (lowX, lowY, highX, highY) = (float.PositiveInfinity, float.PositiveInfinity, float.NegativeInfinity, float.NegativeInfinity);
        for (var i = 0; i < pairs.Length; i += 2)
        {
            (lowX, highX) = (Math.Min(lowX, pairs[i]), Math.Max(highX, pairs[i]));
            (lowY, highY) = (Math.Min(lowY, pairs[i + 1]), Math.Max(highY, pairs[i + 1]));
        }

        _width = Math.Max((double)highX - lowX, (double)highY - lowY);
        var scale = _width > 0 ? (1L << Levels) / _width : 0;
        for (var i = 0; i < _keys.Length; i++)
            (_keys[i], Order[i]) = (Spread(Step((double)pairs[2 * i] - lowX)) | (Spread(Step((double)pairs[(2 * i) + 1] - lowY)) << 1), i);
        Array.Sort(_keys, Order);
        for (var place = 0; place < _keys.Length; place++)
            (X[place], Y[place]) = (pairs[2 * Order[place]], pairs[(2 * Order[place]) + 1]);

        _filled = 0;
        Add(0, _keys.Length, 0);

        uint Step(double from) => (uint)Math.Min((1L << Levels) - 1, from * scale);
    }

    /// <summary>Adds the cell of a run of points, and those inside it.</summary>
    /// <returns>The sums of their coordinates.</returns>
    private (double X, double Y) Add(int from, int to, int level)
    {
        while (level < Levels && _keys[from] >> Shift(level) == _keys[to - 1] >> Shift(level))
            level++; // all lie in one quarter
        var cell = _filled++;
        if (_filled == _cells.Length)
            Array.Resize(ref _cells, 2 * _cells.Length);
        var (x, y) = (0.0, 0.0);
        var isLeaf = to - from <= LeafPoints;
        if (isLeaf || level == Levels)
        {
            for (var place = from; place < to; place++)
                (x, y) = (x + X[place], y + Y[place]);
        }
        else
        {
            for (var start = from; start < to;)
            {
                var end = End(start, to, Shift(level));
                var (partX, partY) = Add(start, end, level + 1);
                (x, y, start) = (x + partX, y + partY, end);
            }
        }

        var width = level == Levels && !isLeaf ? 0 : Math.ScaleB(_width, -level); // more points than that in one place count as one
        var count = to - from;
        _cells[cell] = new MapCell((float)(x / count), (float)(y / count), count, (float)(width * width), _filled, isLeaf ? from : -1);
        return (x, y);
    }

    /// <summary>Where the run of points in one quarter ends.</summary>
    private int End(int start, int to, int shift)
    {
        var quarter = _keys[start] >> shift;
        var (low, high) = (start + 1, to);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_keys[middle] >> shift == quarter)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Bits of a key below those that name a quarter of a cell.</summary>
    private static int Shift(int level) => 2 * (Levels - 1 - level);

    /// <summary>Puts a 0 between any two of 32 bits.</summary>
    private static ulong Spread(uint value)
    {
        ulong bits = value;
        bits = (bits | (bits << 16)) & 0x0000FFFF0000FFFF;
        bits = (bits | (bits << 8)) & 0x00FF00FF00FF00FF;
        bits = (bits | (bits << 4)) & 0x0F0F0F0F0F0F0F0F;
        bits = (bits | (bits << 2)) & 0x3333333333333333;
        return (bits | (bits << 1)) & 0x5555555555555555;
    }
}
