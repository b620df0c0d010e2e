using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cde.Kernels.Languages.CSharp.Packages;
using Cde.Workbench;

namespace Cde.Kernels.Processes;

/// <summary>One of the processes that share a command on this machine: this program with a rank.</summary>
internal sealed class LocalProcess : IDisposable
{
    private const string Program = "Cde.Kernels";

    private readonly Process process;
    private readonly Task<string> output;
    private readonly StringBuilder errors = new();

    private LocalProcess(Process process, int rank)
    {
        (this.process, Rank) = (process, rank);
        output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    public int Rank { get; }

    public bool HasExited => process.HasExited;

    /// <summary>0 where it did its part.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The signal that ended it, such as 9; null where it ended by itself.</summary>
    public int? Signal => !OperatingSystem.IsWindows() && process.ExitCode > 128 && process.ExitCode != Shell.StopSignals.Interrupted ? process.ExitCode - 128 : null;

    /// <summary>What it printed.</summary>
    public Task<string> Output => output;

    /// <summary>The last line of what it said of errors, without the command's name; empty for none.</summary>
    public string Reason(string command)
    {
        process.WaitForExit(); // its last lines too
        lock (errors)
        {
            var line = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
            var prefix = $"cde {command}: ";
            return line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
        }
    }

    /// <summary>Starts a rank.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="port">Where they meet.</param>
    /// <exception cref="CdeException">It cannot be started.</exception>
    public static LocalProcess Start(IReadOnlyList<string> words, int rank, int count, int port)
    {
        var own = Environment.ProcessPath;
        var start = Path.GetFileName(own) is Program or Program + ".exe"
            ? new ProcessStartInfo(own!, words)
            : new ProcessStartInfo(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, Program + ".dll"), .. words]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var threads = Math.Max(1, Environment.ProcessorCount / count);
        (string Name, object Value)[] variables =
        [
            ("RANK", rank), ("LOCAL_RANK", rank), ("WORLD_SIZE", count), ("LOCAL_WORLD_SIZE", count), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", port), (ParentWatch.Variable, 1),
        ];
        foreach (var (name, value) in variables)
            start.Environment[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
        if (!start.Environment.TryGetValue("OMP_NUM_THREADS", out var set) || string.IsNullOrEmpty(set))
            start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TORCHELASTIC_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        return new LocalProcess(DotnetHost.Start(start), rank);
    }

    /// <summary>Asks it to stop cleanly.</summary>
    public void Stop()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    /// <summary>Ends it, where it runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
