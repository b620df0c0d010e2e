using System.Xml.Linq;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class ClusterSizesTests
{
    private static readonly ClusterSizes Three = new() { Title = "sizes", Sizes = [2, 9, 0], Names = ["few", "many <words>"], Noise = 4 };

    [Fact]
    public void Columns_fall_from_the_largest_and_tell_names()
    {
        var columns = XElement.Parse(Three.ToSvg()).Descendants().Where(element => element.Name.LocalName == "rect").ToList();

        Assert.Equal(["many <words>\n9 members, rank 1", "few\n2 members, rank 2", "cluster 2\n0 members, rank 3"], columns.Select(column => column.Value));
        var heights = columns.Select(column => double.Parse(column.Attribute("height")!.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(4.5, heights[0] / heights[1], 2);
        Assert.Equal(0, heights[2]);
    }

    [Fact]
    public void The_summary_counts_empty_clusters_and_what_is_in_none() =>
        Assert.Contains("3 clusters of 0 to 9 members, median 2, mean 3.7; 1 empty; 4 in none", Three.ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void No_clusters_are_drawn_as_such() => Assert.Contains("no clusters", (Three with { Sizes = [] }).ToText(), StringComparison.Ordinal);

    [Fact]
    public void A_size_below_zero_is_refused() =>
        Assert.Contains("-1 members", Assert.Throws<CdeException>((Three with { Sizes = [3, -1] }).ToSvg).Message, StringComparison.Ordinal);
}
