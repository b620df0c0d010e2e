using System.Diagnostics;
using System.Text.RegularExpressions;
using Cde.Testing;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>Scripts in <c>clients/</c>, run by the Python that has Debian's Jupyter packages.</summary>
internal static partial class PythonClient
{
    private const string Packages = "jupyter-notebook python3-nbclient python3-zmq";

    private static readonly Lazy<string?> Found = new(() => Candidates().FirstOrDefault(HasClient));

    /// <summary>Runs a script to its end; skips the test where the packages are not installed.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="arguments">What it is given.</param>
    /// <returns>The lines it printed, errors last.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(string script, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        SkipWhereAbsent();
        var start = new ProcessStartInfo(Found.Value!, ["-B", PathOf(script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. $"{output}\n{await error}".Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>The interpreter that has them.</summary>
    public static string Python => Found.Value!;

    /// <summary>Whether the packages are installed.</summary>
    public static bool IsThere => Found.Value is not null;

    /// <summary>The names of a script's cases.</summary>
    public static IEnumerable<string> Cases(string script) => Case().Matches(File.ReadAllText(PathOf(script))).Select(match => match.Groups[1].Value);

    /// <summary>Skips the test where the packages are not installed.</summary>
    public static void SkipWhereAbsent() =>
        Assert.SkipUnless(IsThere, $"no Python with jupyter_client, nbclient and zmq: sudo apt-get install -y {Packages}");

    /// <summary>Asserts that a case of a script passed.</summary>
    public static void AssertPassed(IReadOnlyList<string> lines, string name)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith($"ok {name} ", StringComparison.Ordinal) || line.StartsWith($"not ok {name}:", StringComparison.Ordinal));
        Assert.True(line is not null, $"{name} was not run: {string.Join('\n', lines.TakeLast(30))}");
        Assert.True(line.StartsWith("ok ", StringComparison.Ordinal), line);
    }

    private static string PathOf(string script) => Path.Combine(TestFolders.Repository, "tests", "Cde.Kernels.Tests", "Jupyter", "clients", script);

    [GeneratedRegex(@"@case\ndef (\w+)\(")]
    private static partial Regex Case();

    private static IEnumerable<string> Candidates() =>
        Environment.GetEnvironmentVariable("CDE_TEST_PYTHON") is { Length: > 0 } named ? [named] : ["/usr/bin/python3", "python3"];

    private static bool HasClient(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import jupyter_client, nbclient, zmq"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
