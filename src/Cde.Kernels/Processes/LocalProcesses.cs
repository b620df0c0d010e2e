using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cde.Workbench;

namespace Cde.Kernels.Processes;

/// <summary>A command shared by several processes on this machine, started as <c>torchrun</c> would start them, and watched until all have ended.</summary>
internal static class LocalProcesses
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.3);

    /// <summary>The others find out that one is lost by themselves, and save what they have; after this they are asked to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>Runs them.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="words">The command line; the processes' results go to <c>--json</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="look">Called several times a second.</param>
    /// <param name="cancellation">Stops all cleanly.</param>
    /// <returns>What rank 0 printed.</returns>
    /// <exception cref="CdeException">One failed or was killed; the message names it.</exception>
    public static async Task<string> RunAsync(string command, IReadOnlyList<string> words, int count, Action look, CancellationToken cancellation)
    {
        var port = FreePort();
        var processes = new List<LocalProcess>();
        try
        {
            for (var rank = 0; rank < count; rank++)
                processes.Add(LocalProcess.Start([.. words, "--json", "--quiet"], rank, count, port));
            long? firstLoss = null;
            var isAsked = false;
            while (!processes.All(process => process.HasExited))
            {
                await Task.Delay(Look, CancellationToken.None).ConfigureAwait(false);
                look();
                if (firstLoss is null && processes.Exists(process => process.HasExited && process.ExitCode != 0))
                    firstLoss = Stopwatch.GetTimestamp();
                if (!isAsked && (cancellation.IsCancellationRequested || (firstLoss is { } since && Stopwatch.GetElapsedTime(since) > Grace)))
                {
                    isAsked = true;
                    processes.ForEach(process => process.Stop());
                }
            }

            look();
            if (processes.TrueForAll(process => process.ExitCode == 0))
                return await processes[0].Output.ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw new CdeException(Failure(command, processes));
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    /// <summary>What rank 0 says of it, which knows what is saved; else what the first that failed says; and who was killed.</summary>
    private static string Failure(string command, List<LocalProcess> processes)
    {
        var told = processes.Where(process => process.ExitCode != 0 && process.Signal is null).Select(process => process.Reason(command)).FirstOrDefault(reason => reason.Length > 0);
        var killed = processes.Where(process => process.Signal is not null).Select(process => $"rank {process.Rank} of {processes.Count} was killed by signal {process.Signal}").ToArray();
        return (told, killed) switch
        {
            (null, []) => $"a process ended with exit code {processes.First(process => process.ExitCode != 0).ExitCode}",
            (null, _) => string.Join(", ", killed),
            (_, []) => told,
            _ => $"{string.Join(", ", killed)}: {told}",
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
