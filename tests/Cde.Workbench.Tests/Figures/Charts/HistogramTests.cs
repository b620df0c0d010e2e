using System.Xml.Linq;
using Cde.Workbench.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Figures;

public sealed class HistogramTests
{
    [Fact]
    public void Every_value_is_in_exactly_one_bin_that_holds_it() =>
        Prop.ForAll(
            Gen.Choose(-5_000, 5_000).Select(value => value / 100f).NonEmptyListOf().Zip(Gen.Choose(1, 60)).ToArbitrary(),
            pair =>
            {
                float[] values = [.. pair.Item1];
                var bins = HistogramBins.Of(Of(values) with { Bins = pair.Item2 });
                return bins.Counts[0].Sum() == values.Length
                    && bins.From <= values.Min() + 1e-6 && bins.To >= values.Max() - 1e-6
                    && Enumerable.Range(0, bins.Counts[0].Count - 1).All(bin =>
                        bins.Counts[0][bin] == values.Count(value => value >= (float)bins.Edge(bin) && value < (float)bins.Edge(bin + 1)));
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.29f)]
    [InlineData(0.57f)]
    [InlineData(0.3f)]
    public void A_value_at_an_edge_is_in_the_bin_above_whatever_its_rounding(float edge)
    {
        var bins = HistogramBins.Of(Of([0, edge, 1]) with { Bins = 100 });

        Assert.Equal(0.01, bins.Width, 12);
        Assert.Equal(1, bins.Counts[0][(int)Math.Round(edge * 100)]);
    }

    [Fact]
    public void Series_share_their_bins_and_tell_their_counts()
    {
        var chart = new Histogram { Title = "scores", ValueLabel = "cosine", Series = [new("positives", [0.9f, 0.8f]), new("negatives", [0.1f])] };

        var bins = HistogramBins.Of(chart);
        var svg = chart.ToSvg();

        Assert.Equal(bins.Counts[0].Count, bins.Counts[1].Count);
        Assert.Contains("positives (2)", svg, StringComparison.Ordinal);
        Assert.Contains("negatives (1)", svg, StringComparison.Ordinal);
        Assert.Contains("1 of 2 (50.0%)", svg, StringComparison.Ordinal);
        Assert.Contains("median 0.85", chart.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Heights_are_shares_so_that_a_long_series_is_no_higher_than_a_short_one()
    {
        var once = HistogramBins.Of(Of([0.1f, 0.2f, 0.2f]));
        var often = HistogramBins.Of(Of([.. Enumerable.Repeat<float[]>([0.1f, 0.2f, 0.2f], 100).SelectMany(part => part)]));

        Assert.Equal(once.Counts[0].Select(count => once.Share(0, count)), often.Counts[0].Select(count => often.Share(0, count)));
    }

    [Fact]
    public void A_value_that_is_no_number_is_refused_by_its_place()
    {
        var exception = Assert.Throws<CdeException>(Of([0.5f, float.NaN]).ToSvg);

        Assert.Contains("value 1 of scores is NaN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_outside_a_fixed_range_are_counted_at_its_ends()
    {
        var bins = HistogramBins.Of(Of([-3f, 0f, 7f]) with { Range = (-1, 1), Bins = 4 });

        Assert.Equal((-1, 1), (bins.From, bins.To));
        Assert.Equal([1, 0, 1, 1], bins.Counts[0]);
    }

    [Fact]
    public void A_range_without_extent_is_refused() =>
        Assert.Contains("from 1 to 1 is empty", Assert.Throws<CdeException>((Of([1f]) with { Range = (1, 1) }).ToText).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_at_all_is_drawn_as_such() => Assert.Contains("no values", XElement.Parse(Of([]).ToSvg()).Value, StringComparison.Ordinal);

    private static Histogram Of(float[] values) => new() { Title = "scores", ValueLabel = "cosine", Series = [new("scores", values)] };
}
