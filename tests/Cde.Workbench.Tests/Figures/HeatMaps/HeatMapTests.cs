using System.Xml.Linq;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class HeatMapTests
{
    private static readonly HeatMap Two = new()
    {
        Title = "two",
        Values = new float[,] { { 1f, 0f }, { -0.5f, -1f } },
        RowNames = ["first", "second <row>"],
        ColumnNames = ["a", "b"],
    };

    [Fact]
    public void Cells_tell_their_value_row_and_column()
    {
        Assert.Equal(["cosine 1.0000\nfirst × a", "cosine 0.0000\nfirst × b", "cosine -0.5000\nsecond <row> × a", "cosine -1.0000\nsecond <row> × b"], Hints(Two));
    }

    [Fact]
    public void Rows_and_columns_stand_in_the_given_order()
    {
        Assert.Equal("cosine -1.0000\nsecond <row> × b", Hints(Two with { RowOrder = [1, 0], ColumnOrder = [1, 0] })[0]);
    }

    [Fact]
    public void Colours_depend_on_the_scale_alone_not_on_the_other_values()
    {
        var alone = new HeatMap { Title = "alone", Values = new float[,] { { 0.25f } } };
        var beside = new HeatMap { Title = "beside", Values = new float[,] { { 0.25f, 0.9f } } };

        Assert.Equal(Cells(alone)[0].Attribute("fill")!.Value, Cells(beside)[0].Attribute("fill")!.Value);
    }

    [Fact]
    public void A_scale_with_a_middle_diverges_from_it()
    {
        Assert.True(new HeatScale(Two).IsDiverging);
        Assert.False(new HeatScale(Two with { Scale = (0, 1) }).IsDiverging);
        Assert.Equal(0xf7f7f7, new HeatScale(Two).Colour(0));
        Assert.Equal(0x440154, new HeatScale(Two with { Scale = (0, 1) }).Colour(-3));
        Assert.Equal(0xfde725, new HeatScale(Two with { Scale = (0, 1) }).Colour(1));
    }

    [Fact]
    public void Values_outside_the_scale_are_counted() =>
        Assert.Contains("; 2 values outside", (Two with { Scale = (0, 1) }).ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void Marked_cells_have_a_sign_and_are_told_and_counted()
    {
        var marked = Two with { Masks = [new HeatMask("false negatives", new[,] { { false, true }, { false, false } })] };

        Assert.Equal("cosine 0.0000 · false negatives\nfirst × b", Hints(marked)[1]);
        Assert.Contains("false negatives (1)", marked.ToSvg(), StringComparison.Ordinal);
        Assert.Single(XElement.Parse(marked.ToSvg()).Descendants(), element => element.Name.LocalName == "path" && element.Attribute("data-s")?.Value == "0");
        Assert.Contains("1 cells: false negatives", marked.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_are_parted_by_a_line()
    {
        var svg = XElement.Parse((Two with { RowGroups = [0, 1], ColumnGroups = [0, 0] }).ToSvg());

        var line = Assert.Single(svg.Descendants(), element => element.Attribute("class")?.Value == "line");
        Assert.Equal("M0 30H60", line.Attribute("d")!.Value);
    }

    [Fact]
    public void Many_cells_become_one_picture_with_a_pixel_each()
    {
        var values = new float[60, 80];
        values[59, 0] = 1;

        var image = XElement.Parse(new HeatMap { Title = "many", Values = values }.ToSvg()).Descendants().Single(element => element.Name.LocalName == "image");

        var png = Convert.FromBase64String(image.Attribute("href")!.Value.Split(',')[1]);
        Assert.Equal((80, 60), (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_by_name()
    {
        Refused("the value of second <row> and a is NaN", Two with { Values = new float[,] { { 1, 0 }, { float.NaN, 1 } } });
        Refused("RowOrder is not an order of 2 lines", Two with { RowOrder = [0, 0] });
        Refused("ColumnNames has 1 entries for 2", Two with { ColumnNames = ["a"] });
        Refused("mask m has 1 x 1 cells for 2 x 2 values", Two with { Masks = [new HeatMask("m", new bool[1, 1])] });
        Refused("the scale from 1 to 1 is empty", Two with { Scale = (1, 1) });
        Refused("1,025 rows and 1 columns are too many", new HeatMap { Title = "long", Values = new float[1025, 1] });
    }

    [Fact]
    public void An_empty_matrix_is_drawn_as_such() =>
        Assert.Contains("no values", new HeatMap { Title = "none", Values = new float[0, 0] }.ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void Text_is_denser_for_larger_values() =>
        Assert.Equal(["|██▒▒|", "|··  |"], (Two with { Values = new float[,] { { 1f, 0.2f }, { -0.6f, -1f } } }).ToText().Split('\n')[2..]);

    private static void Refused(string rule, HeatMap map) => Assert.Contains(rule, Assert.Throws<CdeException>(map.ToSvg).Message, StringComparison.Ordinal);

    private static List<XElement> Cells(HeatMap map) => [.. XElement.Parse(map.ToSvg()).Descendants().Where(element => element.Name.LocalName == "rect")];

    private static List<string> Hints(HeatMap map) => [.. Cells(map).Select(cell => cell.Value)];
}
