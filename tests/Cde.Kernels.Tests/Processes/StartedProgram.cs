using System.Diagnostics;
using System.Globalization;
using Cde.Testing;

namespace Cde.Kernels.Tests.Processes;

/// <summary>The program in a process of its own, with what it printed.</summary>
internal sealed class StartedProgram : IDisposable
{
    private readonly Task<string> output;
    private readonly Task<string> error;

    private StartedProgram(Process process)
    {
        Process = process;
        (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public Process Process { get; }

    /// <summary>Starts a command line.</summary>
    /// <param name="line">The words after <c>./cde</c>.</param>
    /// <param name="before">A program, with its arguments, that starts ours, such as <c>ip netns exec</c>.</param>
    /// <param name="environment">Variables.</param>
    public static StartedProgram Start(string line, IReadOnlyList<string>? before = null, params (string Name, string Value)[] environment)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        string[] words = [.. before ?? [], host, Path.Combine(AppContext.BaseDirectory, "Cde.Kernels.dll"), .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = TestFolders.Repository };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new StartedProgram(Process.Start(start)!);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (Process.ExitCode, await output, await error);
    }

    /// <summary>The process of a rank that this one started; waits until it is there.</summary>
    public async Task<int> RankAsync(int rank)
    {
        while (!Process.HasExited)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
            {
                try
                {
                    var isChild = File.ReadAllText(Path.Combine(folder, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] == Process.Id.ToString(CultureInfo.InvariantCulture);
                    if (isChild && File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains($"RANK={rank}"))
                        return int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
                }
                catch (IOException)
                {
                    // It has ended meanwhile.
                }
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException("the program has ended: " + await error);
    }

    public static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }
}
