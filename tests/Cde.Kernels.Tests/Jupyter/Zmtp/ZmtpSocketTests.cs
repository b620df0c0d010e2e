using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cde.Kernels.Jupyter.Zmtp;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Jupyter.Zmtp;

/// <summary>The sockets against a client of our own; real clients are in the tests of the kernel.</summary>
public sealed class ZmtpSocketTests : IDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose() => _open.ForEach(item => item.Dispose());

    [Fact]
    public void Router_answers_each_peer_over_its_own_connection()
    {
        var router = Echo();
        var first = Client(router, "DEALER", "same");
        var second = Client(router, "DEALER", "same");
        var nameless = Client(router, "REQ");

        first.Send([1], [10]);
        second.Send([2], [20]);
        nameless.Send([], [30]);

        Assert.Equal("010A", Hex(first));
        Assert.Equal("0214", Hex(second));
        Assert.Equal("1E", Hex(nameless));
        Assert.Equal("ROUTER", first.Server!.SocketType);
    }

    [Fact]
    public void Router_finds_a_peer_by_its_name_and_prefers_the_newest()
    {
        var router = Echo();
        var first = Client(router, "DEALER", "a");
        first.Send([1]);
        Hex(first); // it is admitted by now
        var second = Client(router, "DEALER", "a");
        second.Send([1]);
        Hex(second);

        var route = router.Find([(byte)'a']);

        Assert.True(router.Send(route!, [[9]]));
        Assert.Equal("09", Hex(second));
        Assert.Null(router.Find([(byte)'b']));
        Assert.Null(router.Find([]));
    }

    [Fact]
    public void A_router_message_to_nobody_is_dropped()
    {
        Route? route = null;
        using var got = new ManualResetEventSlim();
        var router = Start(new RouterSocket(At("shell"), (from, _) =>
        {
            route = from;
            got.Set();
        }));
        var client = Client(router, "DEALER");
        client.Send([1]);
        Assert.True(got.Wait(120_000));
        client.Dispose();
        Assert.True(SpinWait.SpinUntil(() => router.Peers.Count == 0, 120_000));

        Assert.False(router.Send(route!, [[1]]));
    }

    [Fact]
    public void Heartbeat_comes_back_with_its_frames()
    {
        var heartbeat = Start(new EchoSocket(At("hb")));
        var client = Client(heartbeat, "REQ");

        client.Send([], [.. "ping"u8]);

        Assert.Equal(["", "ping"], client.ReceiveTexts());
    }

    [Fact]
    public void Ping_is_answered_with_its_context()
    {
        var client = Client(Echo(), "DEALER");

        client.Send(new ZmtpCommand(ZmtpCommand.Ping, [0, 1, 7, 8]));
        client.Send(new ZmtpCommand("UNKNOWN", []));

        var pong = client.Receive<ZmtpCommand>();
        Assert.Equal((ZmtpCommand.Pong, "0708"), (pong.Name, Convert.ToHexString(pong.Data)));
        client.Send([5]);
        Assert.Equal("05", Hex(client));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Publisher_takes_both_forms_of_subscriptions_and_welcomes_them(bool byCommand)
    {
        var publisher = Publisher();
        var client = Client(publisher, "SUB", minor: byCommand ? (byte)1 : (byte)0);
        Subscribe(client, "b", byCommand);
        Assert.Equal(["b", "welcome"], client.ReceiveTexts());

        publisher.Publish([[.. "a"u8], [1]]);
        publisher.Publish([[.. "bc"u8], [2]]);

        Assert.Equal("62 63 02", string.Join(' ', Convert.ToHexString([.. client.Receive<ZmtpMessage>().Frames.SelectMany(frame => frame)]).Chunk(2).Select(pair => new string(pair))));
        if (byCommand)
            client.Send(new ZmtpCommand(ZmtpCommand.Cancel, [.. "b"u8]));
        else
            client.Send([0, .. "b"u8]);
        Subscribe(client, "c", byCommand);
        Assert.Equal(["c", "welcome"], client.ReceiveTexts());
        publisher.Publish([[.. "bc"u8]]);
        publisher.Publish([[.. "c"u8]]);
        Assert.Equal(["c"], client.ReceiveTexts());
    }

    [Fact]
    public async Task Publisher_drops_a_peer_that_does_not_read_and_serves_the_others()
    {
        var publisher = Publisher(new ZmtpLimits { QueuedBytes = 1 << 20, Patience = TimeSpan.FromMilliseconds(300) });
        var stuck = Client(publisher, "SUB", receiveBuffer: 4096);
        var alive = Client(publisher, "SUB");
        Subscribe(stuck, "", byCommand: true);
        Subscribe(alive, "", byCommand: true);
        Assert.Equal("welcome", alive.ReceiveTexts()[1]);
        Assert.True(SpinWait.SpinUntil(() => publisher.Peers.Count == 2, 120_000));

        var total = 0;
        var reading = Task.Run(() =>
        {
            while (alive.Receive() is ZmtpMessage { Frames: [_, { Length: > 0 } body] })
                total += body.Length;
        });
        for (var i = 0; i < 300; i++)
            publisher.Publish([[], new byte[100_000]]);
        publisher.Publish([[], []]);

        await reading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(30_000_000, total);
        Assert.Single(publisher.Peers);
        Assert.Contains(_log, line => line.Contains("dropped, it did not read", StringComparison.Ordinal));
    }

    [Fact]
    public void Probes_and_garbage_end_their_own_connection_alone()
    {
        var router = Echo();
        var good = Client(router, "DEALER");
        for (var i = 0; i < 20; i++)
            new ZmtpClient(router.Port).Dispose();
        foreach (var garbage in (string[])["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u00ff\0\0\0\0\0\0\0\u0001\u007f" + new string('x', 100), new string('\0', 5000)])
        {
            using var client = new ZmtpClient(router.Port);
            client.Stream.Write(Encoding.Latin1.GetBytes(garbage));
            Assert.True(EndsAfterItsGreeting(client));
        }

        good.Send([1]);
        Assert.Equal("01", Hex(good));
        Assert.True(SpinWait.SpinUntil(() => router.Peers.Count == 1, 120_000));
        Assert.Contains(_log, line => line.Contains("does not speak ZMTP", StringComparison.Ordinal));
    }

    [Fact]
    public void A_peer_of_the_wrong_kind_is_told_and_closed()
    {
        var client = Client(Echo(), "SUB");

        Assert.Equal(ZmtpCommand.Error, client.Receive<ZmtpCommand>().Name);
        Assert.Null(client.Receive());
        Assert.Contains(_log, line => line.Contains("does not go with ROUTER", StringComparison.Ordinal));
    }

    [Fact]
    public void A_receiver_that_fails_loses_its_message_alone()
    {
        var router = Start(new RouterSocket(At("shell"), (from, frames) =>
        {
            if (frames[0][0] == 0)
                throw new InvalidOperationException("oops");
            from.Peer.Send(ZmtpWriter.Message(frames), mayWait: true);
        }));
        var client = Client(router, "DEALER");

        client.Send([0]);
        client.Send([1]);

        Assert.Equal("01", Hex(client));
        Assert.Contains(_log, line => line.Contains("oops", StringComparison.Ordinal));
    }

    [Fact]
    public void More_connections_than_allowed_are_refused()
    {
        var router = Echo(new ZmtpLimits { Peers = 2 });
        var first = Client(router, "DEALER");
        Client(router, "DEALER");
        using var third = new ZmtpClient(router.Port);

        Assert.Null(third.Receive());
        first.Dispose();
        Assert.True(SpinWait.SpinUntil(() => router.Peers.Count == 1, 120_000));

        // The place is free a moment after the peer is gone.
        ZmtpClient? fourth = null;
        Assert.True(SpinWait.SpinUntil(() => TryClient(router, out fourth), 120_000));
        fourth!.Send([4]);
        Assert.Equal("04", Hex(fourth));
    }

    [Fact]
    public async Task A_closing_socket_hands_over_what_is_queued()
    {
        var publisher = Publisher();
        var client = Client(publisher, "SUB");
        Subscribe(client, "", byCommand: true);
        Assert.Equal("welcome", client.ReceiveTexts()[1]);
        for (var i = 0; i < 50; i++)
            publisher.Publish([[(byte)i], new byte[50_000]]);

        var closing = Task.Run(publisher.Dispose, TestContext.Current.CancellationToken);

        for (var i = 0; i < 50; i++)
            Assert.Equal(i, client.Receive<ZmtpMessage>().Frames[0][0]);
        Assert.Null(client.Receive());
        await closing.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_taken_port_is_named()
    {
        var router = Echo();

        var refusal = Assert.Throws<CdeException>(() => new RouterSocket(
            new ZmtpEndpoint("control", new IPEndPoint(IPAddress.Loopback, router.Port), _log.Enqueue), (_, _) => { }));

        Assert.Contains($"control_port {router.Port} on 127.0.0.1 is taken", refusal.Message, StringComparison.Ordinal);
    }

    private static bool EndsAfterItsGreeting(ZmtpClient client)
    {
        var rest = new byte[1000];
        try
        {
            while (client.Stream.Read(rest) > 0)
            {
                // Its greeting, perhaps more of its introduction.
            }
        }
        catch (IOException failure) when (failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // What was sent on was not read.
        }

        return true;
    }

    private ZmtpEndpoint At(string name, ZmtpLimits? limits = null) =>
        new(name, new IPEndPoint(IPAddress.Loopback, 0), _log.Enqueue) { Limits = limits ?? new ZmtpLimits() };

    private RouterSocket Echo(ZmtpLimits? limits = null) =>
        Start(new RouterSocket(At("shell", limits), (route, frames) => route.Peer.Send(ZmtpWriter.Message(frames), mayWait: true)));

    private PublisherSocket Publisher(ZmtpLimits? limits = null) =>
        Start(new PublisherSocket(At("iopub", limits), prefix => [prefix, [.. "welcome"u8]]));

    private T Start<T>(T socket) where T : ZmtpSocket
    {
        _open.Add(socket);
        socket.Start();
        return socket;
    }

    private bool TryClient(ZmtpSocket socket, out ZmtpClient? client)
    {
        try
        {
            client = Client(socket, "DEALER");
            return true;
        }
        catch (IOException)
        {
            client = null;
            return false;
        }
    }

    private ZmtpClient Client(ZmtpSocket socket, string type, string identity = "", byte minor = 1, int receiveBuffer = 0)
    {
        var client = ZmtpClient.Connect(socket.Port, type, identity, minor, receiveBuffer);
        _open.Insert(0, client);
        return client;
    }

    private static void Subscribe(ZmtpClient client, string prefix, bool byCommand)
    {
        if (byCommand)
            client.Send(new ZmtpCommand(ZmtpCommand.Subscribe, Encoding.UTF8.GetBytes(prefix)));
        else
            client.Send([1, .. Encoding.UTF8.GetBytes(prefix)]);
    }

    private static string Hex(ZmtpClient client) => Convert.ToHexString([.. client.Receive<ZmtpMessage>().Frames.SelectMany(frame => frame)]);
}
