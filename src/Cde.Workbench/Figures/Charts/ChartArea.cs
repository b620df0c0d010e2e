using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>Where a chart's values are drawn, between its axes. A page's script zooms what stands in it and writes new ticks.</summary>
/// <param name="Left">Pixels.</param>
/// <param name="Top">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="XAxis">The scale across.</param>
/// <param name="YAxis">The scale upwards.</param>
internal sealed record ChartArea(double Left, double Top, double Width, double Height, IAxis XAxis, IAxis YAxis)
{
    /// <summary>Pixels from the area's left.</summary>
    public double X(double value) => XAxis.Share(value) * Width;

    /// <summary>Pixels from the area's top.</summary>
    public double Y(double value) => (1 - YAxis.Share(value)) * Height;

    /// <summary>Draws grid, ticks and names of the axes, and begins the part where values go; <see cref="Close"/> ends it.</summary>
    /// <param name="svg">Where to.</param>
    /// <param name="xLabel">What is across.</param>
    /// <param name="yLabel">What is upwards; may be empty.</param>
    /// <param name="zoomsAcross">Whether a page's script zooms across alone: bars stand on their axis.</param>
    public void Open(SvgWriter svg, string xLabel, string yLabel, bool zoomsAcross)
    {
        svg.Open("g", "class=\"axis-y\"");
        foreach (var tick in YAxis.Ticks)
        {
            var place = Top + Y(tick);
            svg.Line(Left, place, Left + Width, place);
            svg.Text(Left - 6, place + 4, YAxis.Label(tick), anchor: "end", size: 11);
        }

        svg.Close();
        svg.Open("g", "class=\"axis-x\"");
        var free = double.NegativeInfinity;
        foreach (var tick in XAxis.Ticks)
        {
            var (label, place) = (XAxis.Label(tick), Left + X(tick));
            var half = TextWidth.Of(label, 11) / 2;
            svg.Line(place, Top + Height, place, Top + Height + 4);
            if (place - half < free)
                continue;
            svg.Text(place, Top + Height + 18, label, anchor: "middle", size: 11);
            free = place + half + 4;
        }

        svg.Close();
        svg.Text(Left + (Width / 2), Top + Height + 38, TextWidth.Cut(xLabel, 12, Width), anchor: "middle");
        if (yLabel.Length > 0)
            svg.Text(Left, Top - 8, TextWidth.Cut(yLabel, 11, Width), anchor: "start", size: 11, isMuted: true);
        svg.Open("svg", $"class=\"plot\" x=\"{Number(Left)}\" y=\"{Number(Top)}\" width=\"{Number(Width)}\" height=\"{Number(Height)}\" overflow=\"hidden\" data-x=\"{Of(XAxis)}\" data-y=\"{Of(YAxis)}\" data-name=\"{Escape(xLabel)}\" data-zoom=\"{(zoomsAcross ? "x" : "xy")}\"");
        svg.Path($"M0 0H{Number(Width)}V{Number(Height)}H0Z", "class=\"frame\" fill=\"#fff\" fill-opacity=\"0\"");
        svg.Open("g", "class=\"zoom\"");
    }

    /// <summary>Ends the part where values go.</summary>
    public static void Close(SvgWriter svg)
    {
        svg.Close();
        svg.Close();
    }

    private static string Of(IAxis axis) => FormattableString.Invariant($"{axis.Minimum:r} {axis.Maximum:r}{(axis.IsLogarithmic ? " log" : "")}");
}
