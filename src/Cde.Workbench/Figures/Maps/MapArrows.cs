using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>The shape of an arrow.</summary>
internal static class MapArrows
{
    private const double Head = 6; // pixels
    private const double Angle = 0.45; // radians between the shaft and each side of the head

    /// <summary>The path from one place to another in pixels; without a head where it is shorter than one.</summary>
    public static string Path(double fromX, double fromY, double toX, double toY)
    {
        var shaft = $"M{Number(fromX)} {Number(fromY)}L{Number(toX)} {Number(toY)}";
        var (x, y) = (toX - fromX, toY - fromY);
        if ((x * x) + (y * y) < 4)
            return shaft;
        var head = Math.Min(Head, Math.Sqrt((x * x) + (y * y)) / 2);
        var back = Math.Atan2(-y, -x);
        string Side(double angle) => $"{Number(toX + (head * Math.Cos(back + angle)))} {Number(toY + (head * Math.Sin(back + angle)))}";
        return $"{shaft}M{Side(Angle)}L{Number(toX)} {Number(toY)}L{Side(-Angle)}";
    }
}
