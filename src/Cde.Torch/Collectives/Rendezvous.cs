using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Cde.Torch;

/// <summary>Finding each other: the store is opened, everybody answers a roll call, then all connect to all.</summary>
internal static class Rendezvous
{
    /// <summary>Longer than any wait between two collectives, such as rank 0's evaluation; lost processes are found by their signs of life.</summary>
    private static readonly TimeSpan CollectiveTimeout = TimeSpan.FromDays(7);

    public static (NativeStore Store, NativeGroup Group) Meet(ProcessGroupOptions options, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var serves = options.Rank == 0 && !options.IsStoreOpen;
        var hosts = Resolve(options);
        if (!serves)
            WaitForServer(options, hosts, Left, cancellationToken);
        NativeStore? store = null;
        try
        {
            store = Bounded(() => NativeStore.Open(options.Address, options.Port, serves, options.Prefix, options.JoinTimeout));
            CallRoll(store, options, Left, cancellationToken);
            var address = OwnAddress(hosts[0], options.Port);
            var group = Bounded(() => NativeGroup.Connect(store, options.Rank, options.Size, address, options.NetworkInterface ?? "", options.UsesCuda, CollectiveTimeout));
            return (store, group);
        }
        catch (Exception error)
        {
            store?.Dispose();
            if (error is ExternalException)
                throw new CollectiveException($"rank {options.Rank} of {options.Size} cannot {(serves ? "open" : "join at")} {options.Address}:{options.Port}: {Reason(error)}", [], error);
            throw;
        }

        TimeSpan Left() => options.JoinTimeout - Stopwatch.GetElapsedTime(started);

        // On a thread of its own, which is left alone where it outlasts its time: c10d's calls cannot be interrupted.
        T Bounded<T>(Func<T> connect)
        {
            var task = Task.Factory.StartNew(connect, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var left = Left();
            if (Task.WaitAny([task], (int)Math.Clamp(left.TotalMilliseconds, 0, int.MaxValue), cancellationToken) < 0)
                throw new CollectiveException($"rank {options.Rank} of {options.Size}: the processes did not connect within {options.JoinTimeout.TotalSeconds:0} s", []);
            return task.GetAwaiter().GetResult();
        }
    }

    private static IPAddress[] Resolve(ProcessGroupOptions options)
    {
        try
        {
            IPAddress[] found = [.. Dns.GetHostAddresses(options.Address).OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)];
            return found.Length > 0 ? found : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException error)
        {
            throw new CollectiveException($"rank {options.Rank} of {options.Size}: the host {options.Address} is not known here ({error.Message})", [], error);
        }
    }

    private static void WaitForServer(ProcessGroupOptions options, IPAddress[] hosts, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var host in hosts)
            {
                try
                {
                    using var client = new TcpClient(host.AddressFamily);
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    limit.CancelAfter(TimeSpan.FromSeconds(5));
                    client.ConnectAsync(host, options.Port, limit.Token).AsTask().GetAwaiter().GetResult();
                    return;
                }
                catch (Exception error) when (error is SocketException or OperationCanceledException)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            if (left() <= TimeSpan.Zero)
                throw new CollectiveException(
                    $"rank {options.Rank} of {options.Size}: nobody answers at {options.Address}:{options.Port} within {options.JoinTimeout.TotalSeconds:0} s; does rank 0 run there?", [0]);
            if (cancellationToken.WaitHandle.WaitOne(100))
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void CallRoll(NativeStore store, ProcessGroupOptions options, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        if (store.Add($"here/{options.Rank}", 1) > 1)
            throw new CollectiveException($"there are two processes of rank {options.Rank} at {options.Address}:{options.Port}; give every process its own", []);
        int[] absent = [.. Enumerable.Range(0, options.Size)];
        while (true)
        {
            absent = [.. absent.Where(rank => store.Add($"here/{rank}", 0) == 0)];
            if (absent.Length == 0)
                return;
            if (left() <= TimeSpan.Zero)
                throw new CollectiveException(
                    $"{(absent.Length == 1 ? "rank" : "ranks")} {string.Join(", ", absent)} of {options.Size} did not come to {options.Address}:{options.Port} within {options.JoinTimeout.TotalSeconds:0} s", absent);
            if (cancellationToken.WaitHandle.WaitOne(50))
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>This machine's address on the way to the host; nothing is sent.</summary>
    private static string OwnAddress(IPAddress host, int port)
    {
        using var socket = new Socket(host.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(host, port);
        return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
    }

    private static string Reason(Exception error) =>
        error.Message.Contains("Address already in use", StringComparison.Ordinal) ? "the port is in use; choose another" : error.Message;
}
