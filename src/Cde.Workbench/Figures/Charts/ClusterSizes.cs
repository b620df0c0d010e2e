using System.Globalization;
using System.Text;
using static Cde.Workbench.Figures.SvgWriter;

namespace Cde.Workbench.Figures;

/// <summary>How many members each cluster has: a column for each, the largest first, with the mean across.</summary>
public sealed record ClusterSizes : Figure
{
    private const int Left = 64;
    private const int Plot = 560;
    private const int Top = 66;
    private const int PlotHeight = 180;
    private const int FewestPlaces = 4; // so that one or two columns are not blocks
    private const int TextBars = 12;
    private const int TextBarWidth = 40;
    private const int TextName = 40;

    /// <summary>The members of each cluster, in the clusters' order.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The clusters' names. A cluster without one is named by its number.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What belongs to no cluster; null where everything belongs to one.</summary>
    public int? Noise { get; init; }

    /// <inheritdoc/>
    /// <exception cref="CdeException">A size below 0.</exception>
    public override string ToSvg()
    {
        var order = Order();
        var svg = new SvgWriter(Left + Plot + 24, Top + PlotHeight + 48, Title);
        svg.Text(0, 18, TextWidth.Cut(Title, 15, Plot), anchor: "start", weight: 600, size: 15);
        svg.Text(0, 37, TextWidth.Cut(Summary(), 12, Left + Plot), anchor: "start", isMuted: true);
        if (order.Count == 0)
            return svg.ToString();
        var area = new ChartArea(Left, Top, Plot, PlotHeight, LinearAxis.OfCounts(Math.Max(FewestPlaces, order.Count), tight: true), LinearAxis.OfCounts(Sizes.Max(), tight: false));
        area.Open(svg, "clusters, the largest first", "members", zoomsAcross: true);
        svg.OpenSeries(0);
        var gap = order.Count <= Plot / 4 ? 1 : 0;
        for (var rank = 0; rank < order.Count; rank++)
        {
            var (x, y) = (area.X(rank), area.Y(Sizes[order[rank]]));
            svg.Rectangle(x, y, area.X(rank + 1) - x - gap, PlotHeight - y, "currentColor", string.Create(CultureInfo.InvariantCulture, $"{NameOf(order[rank])}\n{Sizes[order[rank]]:N0} members, rank {rank + 1:N0}"));
        }

        svg.Close();
        svg.Path($"M0 {Number(area.Y(Sizes.Average()))}H{Plot}", "class=\"ink\" stroke=\"#1b1f24\" stroke-dasharray=\"5 4\"", string.Create(CultureInfo.InvariantCulture, $"mean {Sizes.Average():N1}"));
        ChartArea.Close(svg);
        return svg.ToString();
    }

    /// <inheritdoc/>
    /// <exception cref="CdeException">A size below 0.</exception>
    public override string ToPlotlyJson() => ChartPlotly.Of(this);

    /// <inheritdoc/>
    /// <exception cref="CdeException">A size below 0.</exception>
    public override string ToText()
    {
        var order = Order();
        var text = new StringBuilder($"{Title}\n{Summary()}");
        foreach (var cluster in order.Take(TextBars))
        {
            var name = NameOf(cluster);
            text.Append(CultureInfo.InvariantCulture, $"\n{Sizes[cluster],9:N0}  {new string('█', (int)Math.Round((double)Sizes[cluster] / Math.Max(1, Sizes[order[0]]) * TextBarWidth)).PadRight(TextBarWidth)}  {(name.Length > TextName ? name[..(TextName - 1)] + "…" : name)}");
        }

        if (order.Count > TextBars)
            text.Append(CultureInfo.InvariantCulture, $"\n{order.Skip(TextBars).Sum(cluster => (long)Sizes[cluster]),9:N0}  in {order.Count - TextBars:N0} more clusters");
        return text.ToString();
    }

    /// <summary>A cluster's name, or its number.</summary>
    internal string NameOf(int cluster) => cluster < Names.Count ? Names[cluster] : string.Create(CultureInfo.InvariantCulture, $"cluster {cluster}");

    /// <summary>The clusters, the largest first, among equals by number.</summary>
    internal IReadOnlyList<int> Order()
    {
        if (Sizes.Any(size => size < 0) || Noise < 0)
            throw new CdeException($"figure \"{Title}\": a cluster has {Math.Min(Sizes.DefaultIfEmpty(0).Min(), Noise ?? 0)} members; sizes are counts from 0");
        return [.. Enumerable.Range(0, Sizes.Count).OrderByDescending(cluster => Sizes[cluster]).ThenBy(cluster => cluster)];
    }

    /// <summary>The sizes in words.</summary>
    internal string Summary()
    {
        if (Sizes.Count == 0)
            return "no clusters";
        int[] sorted = [.. Sizes.Order()];
        var empty = sorted.Count(size => size == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{Sizes.Count:N0} clusters of {sorted[0]:N0} to {sorted[^1]:N0} members, median {(sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0:0.#}, mean {Sizes.Average():0.#}")
            + (empty > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {empty:N0} empty") : "")
            + (Noise is { } noise ? string.Create(CultureInfo.InvariantCulture, $"; {noise:N0} in none") : "");
    }
}
