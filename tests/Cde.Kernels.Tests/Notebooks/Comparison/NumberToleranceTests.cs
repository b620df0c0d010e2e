using System.Globalization;
using Cde.Kernels.Notebooks;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Notebooks.Comparison;

public class NumberToleranceTests
{
    [Theory]
    [InlineData("mean 0.669", "mean 0.670")]
    [InlineData("loss 12.341", "loss 12.350")]
    [InlineData("0.5682826042175293", "0.5682829")]
    [InlineData("[0.644, 0.695]", "[0.645, 0.694]")]
    [InlineData("1.2e-7 off", "-3.0E-08 off")]
    [InlineData("1,066.25 documents", "1,066.31 documents")]
    public void Decimals_may_differ_a_little(string recorded, string shown) => Assert.True(NumberTolerance.Agree(recorded, shown));

    [Theory]
    [InlineData("mean 0.669", "mean 0.672")]
    [InlineData("912 of 912 queries", "911 of 912 queries")]
    [InlineData("rank 1.", "rank 2.")]
    [InlineData("mean 0.669", "median 0.669")]
    [InlineData("1.00 2.00", "1.00")]
    [InlineData("System.Text.Json.Utf8", "System.Text.Json.Utf16")]
    [InlineData("v2 0.5", "v3 0.5")]
    [InlineData("0.7", "0.669")]
    [InlineData("0.5", "NaN")]
    [InlineData("0.500", "-0.500")]
    [InlineData("2.0e-3", "2.0e-4")]
    public void Other_words_and_other_numbers_differ(string recorded, string shown) => Assert.False(NumberTolerance.Agree(recorded, shown));

    [Fact]
    public void A_number_agrees_with_itself_and_not_with_one_farther_than_the_tolerance() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), thousandths =>
    {
        static string Text(double x) => x.ToString("0.000", CultureInfo.InvariantCulture);
        var number = thousandths / 1000.0;
        return NumberTolerance.Agree(Text(number), Text(number)) && !NumberTolerance.Agree(Text(number), Text(number + 0.01 + (Math.Abs(number) * 0.01)));
    }).QuickCheckThrowOnFailure();
}
