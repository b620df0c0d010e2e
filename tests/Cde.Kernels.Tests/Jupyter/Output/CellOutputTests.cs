
namespace Cde.Kernels.Tests.Jupyter.Output;

public sealed class CellOutputTests
{
    [Fact]
    public void Text_in_small_pieces_arrives_whole_in_few_messages()
    {
        using var host = new KernelHost();
        using var front = new FrontEnd(host);

        var (_, published) = front.Execute("lines 20000");

        var expected = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        Assert.Equal(expected, FrontEnd.Text(published, "stdout"));
        Assert.InRange(published.Count, 3, 100);
    }

    [Fact]
    public void A_flood_arrives_in_messages_that_grow_with_it()
    {
        using var host = new KernelHost();
        using var front = new FrontEnd(host);

        var (reply, published) = front.Execute("flood 20000000");

        var sizes = published.Where(message => message.Header.Type == "stream").Select(message => message.Content.GetProperty("text").GetString()!.Length).ToList();
        Assert.Equal(20_000_000, sizes.Sum());
        Assert.InRange(sizes.Count, 20, 320);
        Assert.InRange(sizes.Max(), 64 << 10, 1 << 20);
        Assert.Equal("ok", reply.GetProperty("status").GetString());
    }

    [Fact]
    public void Beyond_the_limit_one_line_says_how_much_was_dropped()
    {
        using var host = new KernelHost(settings: settings => settings with { OutputLimit = 1 << 20 });
        using var front = new FrontEnd(host);

        var (_, published) = front.Execute("flood 3000000\nresult done");

        Assert.Equal(1 << 20, FrontEnd.Text(published, "stdout").Length);
        Assert.Contains("[1.9 MiB of output (19,515 lines) dropped: a cell shows at most 1 MiB of text", FrontEnd.Text(published, "stderr"), StringComparison.Ordinal);
        Assert.Contains("execute_result", FrontEnd.Types(published), StringComparison.Ordinal);
        Assert.Equal("again\n", FrontEnd.Text(front.Execute("print again").Published, "stdout"));
    }

    [Fact]
    public void Halves_of_a_character_are_joined_whatever_lies_between_their_writes()
    {
        using var host = new KernelHost();
        using var front = new FrontEnd(host);

        var (_, published) = front.Execute($"write a\nhalf high\nsleep 200\nhalf low\nprint\nwrite {new string('x', 65_534)}\nhalf high\nhalf low\nwrite y");

        Assert.Equal($"a😀\n{new string('x', 65_534)}😀y", FrontEnd.Text(published, "stdout"));
    }

    [Fact]
    public void A_front_end_that_stops_reading_is_dropped_and_the_cell_goes_on()
    {
        using var host = new KernelHost(settings: settings => settings with
        {
            Limits = new Kernels.Jupyter.Zmtp.ZmtpLimits { QueuedBytes = 1 << 20, Patience = TimeSpan.FromMilliseconds(300) },
        });
        using var stuck = Zmtp.ZmtpClient.Connect(host.Connection.IopubPort, "SUB", receiveBuffer: 4096);
        stuck.Send(new Kernels.Jupyter.Zmtp.ZmtpCommand("SUBSCRIBE", []));
        using var front = new FrontEnd(host);

        var (reply, published) = front.Execute("flood 40000000");

        Assert.Equal("ok", reply.GetProperty("status").GetString());
        Assert.Equal(40_000_000, FrontEnd.Text(published, "stdout").Length);
        Assert.Contains(host.Log, line => line.Contains("dropped, it did not read", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cell_that_waits_for_a_slow_reader_can_be_interrupted()
    {
        using var host = new KernelHost(settings: settings => settings with { OutputLimit = 1L << 32, Limits = new Kernels.Jupyter.Zmtp.ZmtpLimits { QueuedBytes = 1 << 20 } });
        using var stuck = Zmtp.ZmtpClient.Connect(host.Connection.IopubPort, "SUB", receiveBuffer: 4096);
        stuck.Send(new Kernels.Jupyter.Zmtp.ZmtpCommand("SUBSCRIBE", []));
        Assert.IsType<Kernels.Jupyter.Zmtp.ZmtpMessage>(stuck.Receive());
        using var front = new FrontEnd(host);
        front.Send("execute_request", new System.Text.Json.Nodes.JsonObject { ["code"] = "flood 2000000000" });
        front.Iopub.Dispose();
        Thread.Sleep(500); // by now the pipe is full

        front.Send(front.Control, "interrupt_request");

        Assert.Equal("ok", front.Reply(front.Control, "interrupt_reply").GetProperty("status").GetString());
        stuck.Dispose();
        Assert.Equal("Interrupted", front.Reply("execute_reply").GetProperty("ename").GetString());
    }
}
