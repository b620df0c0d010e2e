using System.Text;
using Cde.Kernels.Jupyter;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Jupyter.Output;

public sealed class OutputAllowanceTests
{
    [Fact]
    public void Text_within_the_limit_passes_and_nothing_is_reported()
    {
        var allowance = new OutputAllowance(10);

        Assert.Equal("12345", allowance.Take("12345"));
        Assert.Equal("éé", allowance.Take("éé"));
        Assert.Empty(allowance.Report());
    }

    [Fact]
    public void Text_over_the_limit_is_cut_between_characters_and_the_rest_counted()
    {
        var allowance = new OutputAllowance(5);

        Assert.Equal("😀", allowance.Take("😀😀\n\n"));
        Assert.Empty(allowance.Take("more\n"));

        var report = allowance.Report();
        Assert.Contains("(3 lines) dropped", report, StringComparison.Ordinal);
        Assert.Contains(OutputAllowance.Variable, report, StringComparison.Ordinal);
        Assert.Empty(allowance.Report());
    }

    [Fact]
    public void Many_small_texts_stop_at_the_limit()
    {
        var allowance = new OutputAllowance(1000);
        var kept = new StringBuilder();
        for (var i = 0; i < 500; i++)
            kept.Append(allowance.Take("line\n"));

        Assert.Equal(1000, kept.Length);
        Assert.Contains("(300 lines)", allowance.Report(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 64L << 20)]
    [InlineData("", 64L << 20)]
    [InlineData("3", 3L << 20)]
    public void The_environment_sets_the_limit_in_mebibytes(string? value, long bytes) => Assert.Equal(bytes, OutputAllowance.FromEnvironment(value));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("64MB")]
    public void A_limit_that_is_none_is_refused(string value) =>
        Assert.Contains($"CDE_OUTPUT_LIMIT={value}: not a number of MiB", Assert.Throws<CdeException>(() => OutputAllowance.FromEnvironment(value)).Message, StringComparison.Ordinal);
}
