using System.Diagnostics;
using Cde.Kernels.Shell;
using Cde.Testing;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Shell;

/// <summary>Signals, sent to the program itself while it trains.</summary>
public sealed class StopSignalTests(TinyWorkspace workspace)
{
    [Theory]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    public async Task A_first_signal_stops_cleanly_and_the_run_goes_on_later(string signal, int number)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of Unix systems");
        Assert.SkipWhen(IsIgnored(number), $"SIG{signal} is ignored here, as in what a shell starts in the background");
        var folder = Path.Combine(workspace.Folder, "signal-" + signal);
        using var process = Start(folder);
        await WaitForCheckpointAsync(new RunFolder(folder), process);

        Send(signal, process);

        await ExitAsync(process);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == StopSignals.Interrupted, $"exit {process.ExitCode}: {error}");
        Assert.Contains("cde train: interrupted", error, StringComparison.Ordinal);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));

        var resumed = await ShellRun.Of(Line(folder) + " --minutes 0.01");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
    }

    private static string Line(string folder) =>
        $"train --corpus {TinyWorkspace.CorpusPath} --out {folder} --width 8 --layers 1 --heads 1 --vocabulary-size 200 --steps 1000000 --warmup-steps 0"
        + " --context-size 2 --batch-size 2 --checkpoint-every 5";

    private static Process Start(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Cde.Kernels.dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        return Process.Start(new ProcessStartInfo(host, [program, .. Line(folder).Split(' ')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestFolders.Repository,
        })!;
    }

    private static async Task WaitForCheckpointAsync(RunFolder run, Process process)
    {
        var started = Stopwatch.GetTimestamp();
        while (run.CheckpointSteps.Count == 0)
        {
            Assert.False(process.HasExited, "the program ended before its first checkpoint");
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2), "no checkpoint in two minutes");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task ExitAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail("the program still runs two minutes after the signal");
        }
    }

    /// <summary>Whether this process, and so what it starts, ignores a signal; known on Linux alone.</summary>
    private static bool IsIgnored(int number)
    {
        const string Status = "/proc/self/status", Mask = "SigIgn:";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(Mask, StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToUInt64(line[Mask.Length..].Trim(), 16) >> (number - 1) & 1) == 1;
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
