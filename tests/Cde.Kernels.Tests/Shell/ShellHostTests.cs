using Cde.Kernels.Commands;

namespace Cde.Kernels.Tests.Shell;

public class ShellHostTests
{
    [Theory]
    [InlineData("tset", "did you mean test")]
    [InlineData("doctor --jsn", "did you mean --json")]
    [InlineData("doctor --out", "--out needs a value")]
    [InlineData("doctor extra", "extra is one word too many")]
    [InlineData("doctor --as a --as b", "--as is given 2 times")]
    [InlineData("doctor --as ../a", "a name is letters")]
    [InlineData("test --configuration Relese", "did you mean Release")]
    public async Task Wrong_usage_exits_with_2_and_names_the_word(string line, string expected)
    {
        var run = await ShellRun.Of(line);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, run.Error.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("context show", "context show --help tells how it is written")]
    [InlineData("doctor --jsn", " doctor --help tells how it is written")]
    [InlineData("tset", "cde --help tells how it is written")]
    public async Task Wrong_usage_points_at_the_help_of_the_whole_command(string line, string expected) =>
        Assert.Contains(expected, (await ShellRun.Of(line.Split(' '))).Error.Split('\n')[1], StringComparison.Ordinal);

    [Fact]
    public async Task Help_lists_every_visible_command_in_order_on_one_line_each()
    {
        var run = await ShellRun.Of("--help");

        var listed = run.Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        var expected = CommandCatalog.All.Where(command => !command.IsHidden).ToList();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(expected.Count, listed.Count);
        Assert.All(expected.Zip(listed), pair => Assert.StartsWith(pair.First.Name, pair.Second, StringComparison.Ordinal));
        Assert.All(expected.Zip(listed), pair => Assert.EndsWith(pair.First.Summary, pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task Help_of_a_command_tells_every_parameter(string name)
    {
        var run = await ShellRun.Of([.. name.Split(' '), "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(CommandCatalog.Find(name.Split(' ')).Command.Parameters, parameter => Assert.Contains(parameter.Spelling, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_is_already_cancelled_exits_with_130()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var run = await ShellRun.Of(["doctor"], cancelled.Token);

        Assert.Equal(130, run.ExitCode);
        Assert.Empty(run.Output);
    }

    public static TheoryData<string> CommandNames => [.. CommandCatalog.Own.Select(command => command.Name)];
}
