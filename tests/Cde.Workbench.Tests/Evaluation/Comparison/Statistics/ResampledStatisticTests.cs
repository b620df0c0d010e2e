using Cde.Workbench.Clustering;
using Cde.Workbench.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class ResampledStatisticTests
{
    // Few distinct values, so that ties are common; counts as a bootstrap draws them.
    private static readonly Arbitrary<(double[] A, double[] B, int[] Counts)> Draws = (
        from n in Gen.Choose(4, 40)
        from a in Gen.Choose(0, 9).Select(value => value / 4.0).ArrayOf(n)
        from b in Gen.Choose(0, 5).Select(value => (double)value).ArrayOf(n)
        from counts in Gen.Choose(0, 3).ArrayOf(n)
        where counts.Sum() > 0
        select (a, b, counts)).ToArbitrary();

    [Fact]
    public void Spearman_of_counts_is_that_of_the_items_repeated() => Prop.ForAll(Draws, draw => IsEqual(
        Correlation.Spearman(Repeated(draw.A, draw.Counts), Repeated(draw.B, draw.Counts)),
        new SpearmanStatistic(draw.A, draw.B).Of(draw.Counts))).QuickCheckThrowOnFailure();

    [Fact]
    public void Average_precision_of_counts_is_that_of_the_items_repeated() => Prop.ForAll(Draws, draw =>
    {
        bool[] isOfClass = [.. draw.B.Select(value => value > 2)];
        double[] other = [.. draw.A.Select(value => -value)];
        bool[] classes = [.. Repeated(draw.B, draw.Counts).Select(value => value > 2)];
        var expected = classes.Contains(true)
            ? Math.Max(BinaryScores.AveragePrecision(Repeated(draw.A, draw.Counts), classes), BinaryScores.AveragePrecision(Repeated(other, draw.Counts), classes))
            : double.NaN;
        return IsEqual(expected, new AveragePrecisionStatistic([draw.A, other], isOfClass).Of(draw.Counts));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void V_measure_of_counts_is_that_of_the_items_repeated() => Prop.ForAll(Draws, draw =>
    {
        double[] second = [.. draw.A.Select((value, i) => value + (i % 2))];
        double[] labels = Repeated(draw.B, draw.Counts);
        var expected = (LabelAgreement.Of(labels, Repeated(draw.A, draw.Counts)).VMeasure + LabelAgreement.Of(labels, Repeated(second, draw.Counts)).VMeasure) / 2;
        return IsEqual(expected, new VMeasureStatistic([draw.A, second], draw.B).Of(draw.Counts));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_item_by_itself_is_judged_by_its_place()
    {
        Assert.Equal([1, 0.5, 0.5], SpearmanStatistic.Agreement([0.1, 0.9, 0.5], [1, 2, 3]));
        Assert.Equal([0.5, 1, 0.5, 1], AveragePrecisionStatistic.Agreement([[0.5, 0.9, 0.7, 0.1]], [true, true, false, false]));
        Assert.Equal([0.8, 0.8, 0.5], VMeasureStatistic.Agreement([[0, 0, 0]], [7, 7, 8]).Select(value => Math.Round(value, 12)));
    }

    private static bool IsEqual(double expected, double found) => double.IsNaN(expected) ? double.IsNaN(found) : Math.Abs(expected - found) < 1e-9;

    private static double[] Repeated(double[] values, int[] counts) => [.. values.Zip(counts).SelectMany(pair => Enumerable.Repeat(pair.First, pair.Second))];
}
