using Cde.Workbench.Clustering;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering.Quality;

public sealed class LabelAgreementTests
{
    private static Arbitrary<(int[] A, int[] B)> Labellings =>
        (from count in Gen.Choose(1, 30)
         from a in Gen.Choose(0, 4).ArrayOf(count)
         from b in Gen.Choose(0, 4).ArrayOf(count)
         select (a, b)).ToArbitrary();

    [Fact]
    public void Of_renamed_labels_is_perfect() => Prop.ForAll(Labellings, labels =>
    {
        var found = LabelAgreement.Of(labels.A, labels.A.Select(label => $"cluster {7 - label}").ToArray());
        Assert.Equal(1, found.VMeasure, 1e-12);
        Assert.Equal(1, found.AdjustedRand, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_exchanged_labellings_exchanges_homogeneity_and_completeness() => Prop.ForAll(Labellings, labels =>
    {
        var (one, other) = (LabelAgreement.Of(labels.A, labels.B), LabelAgreement.Of(labels.B, labels.A));
        Assert.Equal(one.Homogeneity, other.Completeness, 1e-12);
        Assert.Equal(one.VMeasure, other.VMeasure, 1e-12);
        Assert.Equal(one.AdjustedRand, other.AdjustedRand, 1e-12);
        Assert.InRange(one.VMeasure, -1e-12, 1 + 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_other_lengths_is_refused() => Assert.Throws<ArgumentException>(() => LabelAgreement.Of([1], [1, 2]));
}
