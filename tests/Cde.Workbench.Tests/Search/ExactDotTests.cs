using Cde.Workbench.Search;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Search;

public sealed class ExactDotTests
{
    [Fact]
    public void Of_whole_numbers_is_exact_at_every_length()
    {
        for (var length = 0; length <= 70; length++)
        {
            var a = Enumerable.Range(1, length).Select(i => (float)i).ToArray();
            var b = Enumerable.Range(1, length).Select(i => (float)(i % 7) - 3).ToArray();
            Assert.Equal(a.Zip(b, (x, y) => (double)x * y).Sum(), ExactDot.Of(a, b));
        }
    }

    [Fact]
    public void Of_any_numbers_is_within_double_rounding_of_the_sum() => Prop.ForAll(
        Gen.Choose(-1_000_000, 1_000_000).Select(i => i / 3e5f).ArrayOf().ToArbitrary(),
        values =>
        {
            var expected = values.Aggregate(0m, (sum, x) => sum + ((decimal)(double)x * (decimal)(double)x));
            Assert.Equal((double)expected, ExactDot.Of(values, values), 1e-12 * Math.Max(1, (double)expected));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_vectors_of_other_lengths_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactDot.Of(new float[20], new float[19]));
}
