using System.Diagnostics;
using Cde.Testing;

namespace Cde.Kernels.Tests.Launcher;

/// <summary>The launcher <c>cde</c> in a made-up checkout, with a <c>dotnet</c> that only writes down what it is asked.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cde-launcher-").FullName;

    public LauncherTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "cde is the launcher of Unix systems");
        Directory.CreateDirectory(Path.Combine(_root, "src", "Cde.Kernels", "Commands"));
        Directory.CreateDirectory(Path.Combine(_root, "tools"));
        foreach (var name in (string[])["Directory.Build.props", "Directory.Packages.props", "global.json", "src/Cde.Kernels/Program.cs", "src/Cde.Kernels/Commands/A.cs"])
            File.WriteAllText(Path.Combine(_root, name), "");
        File.Copy(Path.Combine(TestFolders.Repository, "cde"), Path.Combine(_root, "cde"));
        WriteProgram("tools/dotnet",
            """
            #!/bin/sh
            case $1 in
                --list-sdks) echo '10.0.100 [/sdk]' ;;
                publish)
                    echo publish >>"$CDE_TEST_LOG"
                    while [ "$1" != -o ]; do shift; done
                    [ -z "${CDE_TEST_SLOW:-}" ] || sleep 1
                    [ -z "${CDE_TEST_BROKEN:-}" ] || { echo 'A.cs(1,1): error CS0001: broken'; exit 1; }
                    : >"$2/Cde.Kernels.dll" ;;
                *) echo "ran: $*"; exit 7 ;;
            esac
            """);
    }

    private string Log => Path.Combine(_root, "log");

    private int Builds => File.Exists(Log) ? File.ReadAllLines(Log).Length : 0;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void First_use_builds_and_later_uses_only_start()
    {
        var first = Run("doctor", "--json");
        var second = Run("search", "two words");

        Assert.Equal(1, Builds);
        Assert.EndsWith("Cde.Kernels.dll doctor --json\n", first.Output, StringComparison.Ordinal);
        Assert.EndsWith("Cde.Kernels.dll search two words\n", second.Output, StringComparison.Ordinal);
        Assert.Equal((7, 7), (first.ExitCode, second.ExitCode));
    }

    [Theory]
    [InlineData("src/Cde.Kernels/Program.cs")]
    [InlineData("src/Cde.Kernels/Commands/A.cs")]
    [InlineData("Directory.Packages.props")]
    public void A_newer_source_is_built(string source)
    {
        Run("doctor");
        File.SetLastWriteTimeUtc(Path.Combine(_root, source), File.GetLastWriteTimeUtc(Log).AddSeconds(2));

        Run("doctor");

        Assert.Equal(2, Builds);
    }

    [Fact]
    public void Build_output_is_no_source()
    {
        Run("doctor");
        Directory.CreateDirectory(Path.Combine(_root, "src", "Cde.Kernels", "obj"));
        var written = Path.Combine(_root, "src", "Cde.Kernels", "obj", "A.cs");
        File.WriteAllText(written, "");
        File.SetLastWriteTimeUtc(written, File.GetLastWriteTimeUtc(Log).AddSeconds(2));

        Run("doctor");

        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_failed_build_says_why_and_a_test_run_still_counts()
    {
        var run = Run(["test"], ("CDE_TEST_BROKEN", "1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error CS0001: broken", run.Error, StringComparison.Ordinal);
        Assert.Equal("0 passed, 1 failed, 0 skipped\n", run.Output);
    }

    [Fact]
    public async Task Two_at_once_build_once()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "needs flock");
        var runs = Enumerable.Range(0, 3).Select(_ => Task.Run(() => Run(["doctor"], ("CDE_TEST_SLOW", "1")))).ToArray();

        Assert.All(await Task.WhenAll(runs), run => Assert.Equal(7, run.ExitCode));
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_libtorch_folder_without_libtorch_is_refused_by_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libtorch is looked for on Linux");
        var run = Run(["doctor"], ("LIBTORCH", "/nowhere"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("LIBTORCH=/nowhere", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_the_launcher_works_from_any_folder()
    {
        var link = Path.Combine(_root, "tools", "workbench");
        File.CreateSymbolicLink(link, "../cde");

        var run = Start(link, ["doctor"], []);

        Assert.EndsWith("Cde.Kernels.dll doctor\n", run.Output, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) => Run(arguments, []);

    private (int ExitCode, string Output, string Error) Run(string[] arguments, params (string Name, string Value)[] variables) =>
        Start(Path.Combine(_root, "cde"), arguments, variables);

    private (int ExitCode, string Output, string Error) Start(string launcher, string[] arguments, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(launcher, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment["PATH"] = $"{_root}/tools:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = _root;
        start.Environment["CDE_NO_INSTALL"] = "1";
        start.Environment["CDE_TEST_LOG"] = Log;
        start.Environment.Remove("LIBTORCH");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private void WriteProgram(string name, string text)
    {
        var path = Path.Combine(_root, name);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
