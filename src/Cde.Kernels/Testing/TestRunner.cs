using System.Diagnostics;
using Cde.Kernels.Commands;

namespace Cde.Kernels.Testing;

/// <summary>Runs <c>dotnet build</c> and <c>dotnet test</c> over the solution and adds up the result files.</summary>
/// <param name="root">The checkout.</param>
/// <param name="configuration"><c>Release</c> or <c>Debug</c>.</param>
/// <param name="note">Told what is going on.</param>
internal sealed class TestRunner(string root, string configuration, Action<string> note)
{
    private static readonly string[] Common = ["--nologo", "-v", "quiet"];

    /// <summary>Builds, runs every test project, and counts.</summary>
    /// <param name="filter">The runner's filter; all tests where null.</param>
    /// <param name="cancellation">Ends the running process.</param>
    public async Task<TestResult> RunAsync(string? filter, CancellationToken cancellation)
    {
        note("building the tests");
        var build = await DotnetAsync(["build", "Cde.sln", "-c", configuration, .. Common], cancellation).ConfigureAwait(false);
        if (build.ExitCode != 0)
        {
            var errors = build.Output.Where(line => line.Contains("error", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct().Take(20).ToList();
            return new TestResult(0, 1, 0, errors.Count > 0 ? errors : ["the tests did not build"], []);
        }

        var results = Path.Combine(root, "artifacts", "tests");
        if (Directory.Exists(results))
            Directory.Delete(results, recursive: true);
        var total = new TestTally();
        foreach (var project in Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            note($"testing {name}");
            var started = Stopwatch.GetTimestamp();
            var file = Path.Combine(results, name + ".trx");
            string[] arguments = ["test", project, "-c", configuration, "--no-build", "--logger", $"trx;LogFileName={name}.trx", "--results-directory", results, .. Common];
            var run = await DotnetAsync(filter is null ? arguments : [.. arguments, "--filter", filter], cancellation).ConfigureAwait(false);
            var tally = TestTally.Read(file, HasShared && !HasGivenGolden);
            if (run.ExitCode != 0 && tally.Failures.Count == 0)
                tally.Failures.Add($"{name}: the test run ended with {run.ExitCode}: {string.Join(' ', run.Output.TakeLast(5)).Trim()}");
            note($"  {tally.Passed} passed, {tally.Failures.Count} failed, {tally.Skips.Count} skipped in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
            total.Add(tally);
        }

        if (total.Passed + total.Failures.Count + total.Skips.Count == 0)
            total.Failures.Add(filter is null ? "there are no tests" : $"no test matches {filter}");
        return new TestResult(total.Passed, total.Failures.Count, total.Skips.Count, total.Failures, total.Skips);
    }

    private bool HasShared => Directory.Exists(Path.Combine(root, "..", "shared"));

    /// <summary>Another golden folder need not have every case.</summary>
    private static bool HasGivenGolden => Environment.GetEnvironmentVariable("CDE_GOLDEN") is { Length: > 0 };

    private async Task<(int ExitCode, List<string> Output)> DotnetAsync(string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet", arguments)
        {
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.StandardInput.Close();
        var output = new List<string>();
        void Collect(string? line)
        {
            if (string.IsNullOrWhiteSpace(line))
                return;
            lock (output)
                output.Add(line);
        }

        process.OutputDataReceived += (_, line) => Collect(line.Data);
        process.ErrorDataReceived += (_, line) => Collect(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output);
    }
}
