namespace Cde.Workbench.Clustering;

/// <summary>Where each point lies on a map. Only distances mean something: axes have no unit, and UMAP's and t-SNE's no direction.</summary>
public sealed class MapPoints
{
    /// <summary>Takes the coordinates; the map keeps the arrays.</summary>
    /// <exception cref="ArgumentException">They differ in length.</exception>
    public MapPoints(float[] x, float[] y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} x and {y.Length} y; each point has both");
        (X, Y) = (x, y);
    }

    /// <summary>N.</summary>
    public int Count => X.Count;

    /// <summary>To the right.</summary>
    public IReadOnlyList<float> X { get; }

    /// <summary>Upwards.</summary>
    public IReadOnlyList<float> Y { get; }

    /// <summary>Splits pairs (x0, y0, x1, y1, ...).</summary>
    internal static MapPoints Of(ReadOnlySpan<float> pairs)
    {
        var (x, y) = (new float[pairs.Length / 2], new float[pairs.Length / 2]);
        for (var i = 0; i < x.Length; i++)
            (x[i], y[i]) = (pairs[2 * i], pairs[(2 * i) + 1]);
        return new MapPoints(x, y);
    }
}
