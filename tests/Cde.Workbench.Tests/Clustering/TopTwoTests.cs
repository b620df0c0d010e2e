using Cde.Workbench.Clustering;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering;

public sealed class TopTwoTests
{
    [Fact]
    public void Of_any_numbers_is_what_sorting_gives() => Prop.ForAll(
        Gen.Choose(0, 200).SelectMany(length => Gen.Choose(-50, 50).Select(value => value / 7f).ArrayOf(length)).ToArbitrary(),
        values =>
        {
            var sorted = values.OrderDescending().Append(float.NegativeInfinity).Append(float.NegativeInfinity).ToArray();
            Assert.Equal((sorted[0], sorted[1]), TopTwo.Of(values));
        }).QuickCheckThrowOnFailure();
}
