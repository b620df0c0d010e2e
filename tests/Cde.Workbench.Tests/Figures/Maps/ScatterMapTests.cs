using System.Globalization;
using System.Xml.Linq;
using Cde.Testing;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class ScatterMapTests
{
    private static readonly ScatterMap Three = new()
    {
        Title = "three",
        X = [0f, 4f, 0f],
        Y = [0f, 0f, 2f],
        Groups = [0, 0, -1],
        GroupNames = ["first <one>"],
        Ids = ["a", "b", "c"],
        Texts = ["text of a", "", "text\nof   c"],
    };

    [Fact]
    public void Both_axes_have_the_same_scale_and_y_goes_up()
    {
        var places = Circles(Three).ToDictionary(circle => circle.Hint.Split(' ')[0], circle => circle);

        Assert.Equal(2, (places["b"].X - places["a"].X) / (places["a"].Y - places["c"].Y), 2);
        Assert.True(places["c"].Y < places["a"].Y, "larger values stand higher");
    }

    [Fact]
    public void A_point_tells_its_name_group_and_text_in_two_lines()
    {
        var hints = Circles(Three).Select(circle => circle.Hint).ToList();

        Assert.Contains("a · first <one>\ntext of a", hints);
        Assert.Contains("b · first <one>", hints);
        Assert.Contains("c · noise\ntext of c", hints);
    }

    [Fact]
    public void A_long_text_is_cut_to_200_characters()
    {
        var map = new ScatterMap { Title = "long", X = [0f], Y = [0f], Ids = ["a"], Texts = [new string('x', 5_000)] };

        Assert.Equal(200, Circles(map).Single().Hint.Split('\n')[1].Length);
    }

    [Fact]
    public void Noise_is_grey_and_below_all_groups()
    {
        var first = Series(Three).First();

        Assert.Equal("-1", first.Attribute("data-s")!.Value);
        Assert.Equal(Palette.Noise, first.Attribute("color")!.Value);
    }

    [Fact]
    public void A_name_stands_where_most_of_its_group_lies()
    {
        var torn = new ScatterMap { Title = "torn", X = [0f, 1f, 2f, 90f, 91f], Y = [0f, 0f, 0f, 50f, 51f], Groups = [0, 0, 0, 0, 1], GroupNames = ["torn", "far"] };

        var group = new MapContent(torn).Groups[0];

        Assert.Equal((1.5, 0), (group.X, group.Y));
    }

    [Fact]
    public void Names_stand_at_centres_and_never_over_each_other()
    {
        var map = FigureExamples.Map(2_000, 200);
        var content = new MapContent(map);
        var frame = MapFrame.Around(map, 640, 520);

        var labels = MapLabels.Place(content.Groups, frame, 640, 520);

        var shown = labels.Where(label => label.IsShown).ToList();
        Assert.InRange(shown.Count, 10, 40);
        Assert.Equal(content.Groups.Count - 1, labels.Count);
        Assert.Equal(content.Groups[0].Index, shown[0].Group.Index);
        var boxes = shown.Select(label => (label.X, label.Y, Half: TextWidth.Of(label.Text, MapLabels.Size) / 2)).ToList();
        for (var i = 0; i < boxes.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.False(
                    Math.Abs(boxes[i].X - boxes[j].X) < boxes[i].Half + boxes[j].Half && Math.Abs(boxes[i].Y - boxes[j].Y) < MapLabels.Size,
                    $"{shown[i].Text} and {shown[j].Text}");
            }
        }
    }

    [Fact]
    public void Of_many_points_an_even_sample_is_drawn_and_counted()
    {
        var map = FigureExamples.Map(30_000, 12);

        var svg = map.ToSvg();

        Assert.Equal(ScatterMap.DrawnPoints, Circles(map).Count);
        Assert.Contains("5,000 of 30,000 points drawn", svg, StringComparison.Ordinal);
        Assert.Equal(svg, (map with { }).ToSvg());
        Assert.True(svg.Length < 600_000, $"{svg.Length} characters");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_place_that_is_not_finite_is_refused_by_the_points_name(float value)
    {
        var map = Three with { Y = [0f, value, 2f] };

        Assert.Contains("point 1 (b) lies at 4,", Assert.Throws<CdeException>(map.ToSvg).Message, StringComparison.Ordinal);
        Assert.Throws<CdeException>(map.ToText);
    }

    [Fact]
    public void A_mark_or_arrow_that_is_not_finite_is_refused_by_name()
    {
        Assert.Contains("q7", Assert.Throws<CdeException>((Three with { Marks = [new MapMark(float.NaN, 0, "q7")] }).ToSvg).Message, StringComparison.Ordinal);
        Assert.Contains("d3", Assert.Throws<CdeException>((Three with { Arrows = [new MapArrow(0, 0, float.NaN, 1, "d3")] }).ToSvg).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_other_lengths_are_refused_by_name()
    {
        Assert.Contains("Groups has 2 entries for 3 points", Assert.Throws<CdeException>((Three with { Groups = [0, 1] }).ToSvg).Message, StringComparison.Ordinal);
        Assert.Contains("Y has 1 entries for 3 points", Assert.Throws<CdeException>((Three with { Y = [0f] }).ToSvg).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrows_end_in_a_head_unless_they_are_too_short()
    {
        Assert.Equal(2, MapArrows.Path(0, 0, 30, 0).Count(letter => letter == 'M'));
        Assert.Equal("M0 0L1 0", MapArrows.Path(0, 0, 1, 0));
    }

    [Fact]
    public void Text_counts_points_and_groups()
    {
        var text = Three.ToText();

        Assert.Contains("3 points", text, StringComparison.Ordinal);
        Assert.Contains("2  first <one>", text, StringComparison.Ordinal);
        Assert.Contains("1  noise", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_draws_every_place()
    {
        var map = new ScatterMap { Title = "corners", X = [0f, 0f, 1f, 1f], Y = [0f, 1f, 0f, 1f] };

        var dots = map.ToText().Where(letter => letter is > (char)0x2800 and < (char)0x2900).Sum(letter => System.Numerics.BitOperations.PopCount((uint)letter - 0x2800));

        Assert.Equal(4, dots);
    }

    private static IEnumerable<XElement> Series(ScatterMap map) => XElement.Parse(map.ToSvg()).Descendants()
        .Where(element => element.Attribute("class")?.Value.StartsWith("marks ", StringComparison.Ordinal) == true);

    private static List<(double X, double Y, string Hint)> Circles(ScatterMap map) =>
        [.. Series(map).Elements().Select(circle => (Value(circle, "cx"), Value(circle, "cy"), circle.Value))];

    private static double Value(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
