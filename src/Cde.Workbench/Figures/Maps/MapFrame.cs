namespace Cde.Workbench.Figures;

/// <summary>From a map's units to pixels: one scale on both axes, all there is in the middle of the plot.</summary>
/// <param name="Scale">Pixels a unit.</param>
/// <param name="OffsetX">Pixels to add across.</param>
/// <param name="OffsetY">Pixels to add downwards.</param>
internal readonly record struct MapFrame(double Scale, double OffsetX, double OffsetY)
{
    private const double Margin = 14; // pixels that stay free inside the plot

    /// <summary>The frame that shows all of a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="width">The plot's width in pixels.</param>
    /// <param name="height">The plot's height in pixels.</param>
    public static MapFrame Around(ScatterMap map, double width, double height)
    {
        var (left, right, low, high) = (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);
        void Cover(double x, double y)
        {
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (low, high) = (Math.Min(low, y), Math.Max(high, y));
        }

        for (var point = 0; point < map.X.Count; point++)
            Cover(map.X[point], map.Y[point]);
        foreach (var mark in map.Marks)
            Cover(mark.X, mark.Y);
        foreach (var arrow in map.Arrows)
        {
            Cover(arrow.FromX, arrow.FromY);
            Cover(arrow.ToX, arrow.ToY);
        }

        if (left > right)
            return new MapFrame(1, width / 2, height / 2);
        var scale = Math.Min((width - (2 * Margin)) / (right - left), (height - (2 * Margin)) / (high - low));
        if (!double.IsFinite(scale))
            scale = 1; // all at one place
        return new MapFrame(scale, (width / 2) - ((left + right) / 2 * scale), (height / 2) + ((low + high) / 2 * scale));
    }

    /// <summary>Pixels from the plot's left.</summary>
    public double X(double x) => OffsetX + (x * Scale);

    /// <summary>Pixels from the plot's top.</summary>
    public double Y(double y) => OffsetY - (y * Scale);
}
