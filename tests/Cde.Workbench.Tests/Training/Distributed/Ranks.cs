using System.Net;
using System.Net.Sockets;
using Cde.Torch;
using Cde.Workbench.Training.Distributed;

namespace Cde.Workbench.Tests.Training.Distributed;

/// <summary>Processes as threads: c10d does not mind, and what each rank got can be compared at once.</summary>
internal static class Ranks
{
    /// <summary>Runs a rank a thread.</summary>
    /// <returns>What each returned.</returns>
    public static T[] Run<T>(int size, Func<ProcessGroup, T> part)
    {
        var results = TryRun(size, part);
        return results.FirstOrDefault(result => result.Error is not null).Error is { } error ? throw new AggregateException(error) : [.. results.Select(result => result.Value!)];
    }

    /// <summary>As <see cref="Run"/>, with what each threw.</summary>
    public static (T? Value, Exception? Error)[] TryRun<T>(int size, Func<ProcessGroup, T> part)
    {
        var (port, results) = (FreePort(), new (T?, Exception?)[size]);
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                using var group = new ProcessEnvironment(rank, size, 0, "127.0.0.1", port).Join(false, TimeSpan.FromMinutes(1), default);
                results[rank] = (group.Run(() => part(group)), null);
            }
            catch (Exception error)
            {
                results[rank] = (default, error);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
