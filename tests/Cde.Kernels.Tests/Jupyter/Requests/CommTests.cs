using System.Text.Json.Nodes;
using Cde.Kernels.Jupyter;

namespace Cde.Kernels.Tests.Jupyter.Requests;

public sealed class CommTests : IDisposable
{
    private readonly KernelHost _host = new();
    private readonly FrontEnd _front;

    public CommTests() => _front = new FrontEnd(_host);

    public void Dispose()
    {
        _front.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void An_unknown_target_is_closed_at_once()
    {
        var published = Tell("comm_open", "c1", ("target_name", "nobody"));

        Assert.Equal("comm_close", FrontEnd.Types(published));
        Assert.Equal("c1", published[0].Content.GetProperty("comm_id").GetString());
    }

    [Fact]
    public void A_registered_target_talks_both_ways_with_buffers()
    {
        byte[]? got = null;
        var isClosed = false;
        _host.Kernel.Comms.Register("echo", (comm, opened) =>
        {
            comm.Received += message =>
            {
                got = message.Buffers.Single();
                comm.Send(new JsonObject { ["said"] = message.Data.GetProperty("say").GetString() }, [[1, 2]], new JsonObject { ["m"] = 1 });
            };
            comm.Closed += _ => isClosed = true;
            comm.Send(new JsonObject { ["hello"] = opened.Data.GetProperty("name").GetString() });
        });

        var opened = Tell("comm_open", "c1", ("target_name", "echo"), new JsonObject { ["name"] = "Ada" });
        var answer = Tell("comm_msg", "c1", data: new JsonObject { ["say"] = "hi" }, buffers: [[7]]).Single();

        Assert.Equal("Ada", opened.Single().Content.GetProperty("data").GetProperty("hello").GetString());
        Assert.Equal("hi", answer.Content.GetProperty("data").GetProperty("said").GetString());
        Assert.Equal([1, 2], answer.Buffers.Single());
        Assert.Equal(1, answer.Metadata.GetProperty("m").GetInt32());
        Assert.Equal([7], got!);
        Assert.Equal("""{"c1":{"target_name":"echo"}}""", Info("echo"));
        Assert.Equal("{}", Info("other"));
        Assert.Empty(Tell("comm_close", "c1"));
        Assert.True(isClosed);
        Assert.Equal("{}", Info(null));
        Assert.Empty(Tell("comm_msg", "c1"));
    }

    [Fact]
    public void Code_opens_and_closes_conversations_itself()
    {
        var comm = _host.Kernel.Comms.Start("jupyter.widget", new JsonObject { ["state"] = new JsonObject() });
        comm.Close();
        comm.Send([]);

        var (open, close) = (Next(), Next());
        Assert.Equal(("comm_open", "jupyter.widget"), (open.Header.Type, open.Content.GetProperty("target_name").GetString()));
        Assert.Equal(("comm_close", comm.Id), (close.Header.Type, close.Content.GetProperty("comm_id").GetString()));
        Assert.False(comm.IsOpen);
    }

    [Fact]
    public void A_target_that_throws_closes_its_conversation_and_the_kernel_goes_on()
    {
        _host.Kernel.Comms.Register("broken", (_, _) => throw new InvalidOperationException("oops"));

        Assert.Equal("comm_close", FrontEnd.Types(Tell("comm_open", "c1", ("target_name", "broken"))));

        Assert.Equal("{}", Info(null));
        Assert.Contains(_host.Log, line => line.Contains("oops", StringComparison.Ordinal));
    }

    private List<JupyterMessage> Tell(string type, string id, (string Name, string Value)? field = null, JsonObject? data = null, byte[][]? buffers = null)
    {
        var content = new JsonObject { ["comm_id"] = id, ["data"] = data ?? [] };
        if (field is { } given)
            content[given.Name] = given.Value;
        return _front.Published(_front.Send(type, content, buffers: buffers));
    }

    private string Info(string? target)
    {
        _front.Send("comm_info_request", target is null ? [] : new JsonObject { ["target_name"] = target });
        return _front.Reply("comm_info_reply").GetProperty("comms").GetRawText();
    }

    private JupyterMessage Next()
    {
        while (true)
        {
            if (_front.Receive(_front.Iopub) is { Header.Type: not "status" } message)
                return message;
        }
    }
}
