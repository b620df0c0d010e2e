using System.Text.Json;
using Cde.Kernels.Tests.Shell;
using Cde.Testing;

namespace Cde.Kernels.Tests.Commands;

public sealed class KernelInstallTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_kernelspec_lies_where_jupyter_looks_and_holds_what_it_wants()
    {
        var run = await ShellRun.Of($"kernel install --prefix {_folder.Path}");

        Assert.True(run.ExitCode == 0, run.Error);
        var folder = _folder["share", "jupyter", "kernels", "csharp-cde"];
        using var spec = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "kernel.json"), TestContext.Current.CancellationToken));
        Assert.Equal("C# (Cde)", spec.RootElement.GetProperty("display_name").GetString());
        Assert.Equal("message", spec.RootElement.GetProperty("interrupt_mode").GetString());
        Assert.Equal("{connection_file}", spec.RootElement.GetProperty("argv").EnumerateArray().Last().GetString());
        Assert.True(File.Exists(Path.Combine(folder, "logo-svg.svg")));
        Assert.Contains(folder, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uninstalling_takes_the_folder_away_and_says_where_there_is_none()
    {
        await ShellRun.Of($"kernel install --prefix {_folder.Path} --name mine");

        Assert.Equal(0, (await ShellRun.Of($"kernel uninstall --prefix {_folder.Path} --name mine")).ExitCode);
        Assert.False(Directory.Exists(_folder["share", "jupyter", "kernels", "mine"]));
        var again = await ShellRun.Of($"kernel uninstall --prefix {_folder.Path} --name mine");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is not there", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--user --prefix /tmp/x", "name two places")]
    [InlineData("--prefix /tmp/x --name ../up", "../up")]
    public async Task A_place_or_name_that_cannot_be_is_refused_and_nothing_is_written(string options, string message)
    {
        var run = await ShellRun.Of($"kernel install {options}");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
