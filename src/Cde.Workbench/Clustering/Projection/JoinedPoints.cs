namespace Cde.Workbench.Clustering;

/// <summary>The rows of several matrices of one width, one after the other.</summary>
internal sealed class JoinedPoints : IPoints
{
    private readonly IReadOnlyList<IPoints> _parts;
    private readonly int[] _starts;

    /// <summary>Joins the parts in their order.</summary>
    /// <exception cref="CdeException">They differ in width.</exception>
    public JoinedPoints(IReadOnlyList<IPoints> parts)
    {
        (_parts, _starts) = (parts, new int[parts.Count + 1]);
        for (var i = 0; i < parts.Count; i++)
        {
            _starts[i + 1] = checked(_starts[i] + parts[i].Count);
            if (parts[i].Dimension != parts[0].Dimension)
                throw new CdeException($"a map needs vectors of one width: {parts[0].Dimension} and {parts[i].Dimension} numbers; embed both with one model");
        }
    }

    public int Count => _starts[^1];

    public int Dimension => _parts[0].Dimension;

    public void Read(int start, Span<float> target)
    {
        var end = start + (target.Length / Dimension);
        for (var i = 0; i < _parts.Count; i++)
        {
            var (from, to) = (Math.Max(start, _starts[i]), Math.Min(end, _starts[i + 1]));
            if (from < to)
                _parts[i].Read(from - _starts[i], target.Slice((from - start) * Dimension, (to - from) * Dimension));
        }
    }

    public string Name(int row)
    {
        var part = 0;
        while (row >= _starts[part + 1])
            part++;
        return _parts[part].Name(row - _starts[part]);
    }
}
