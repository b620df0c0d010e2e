using System.Text.Json.Nodes;

namespace Cde.Kernels.Tests.Jupyter.Requests;

public sealed class SubshellTests : IDisposable
{
    private readonly KernelHost _host = new();
    private readonly FrontEnd _front;

    public SubshellTests() => _front = new FrontEnd(_host);

    public void Dispose()
    {
        _front.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void A_subshell_watches_what_the_main_shell_runs()
    {
        var watcher = Create();
        var training = _front.Send("execute_request", new JsonObject { ["code"] = "set step 3\nprint begun\nloop" });
        while (_front.Receive(_front.Iopub).Header.Type != "stream")
        {
            // Until it runs.
        }

        var (reply, published) = _front.Execute("get step", subshell: watcher);

        Assert.Equal("ok", reply.GetProperty("status").GetString());
        Assert.Equal("3", published[^1].Content.GetProperty("data").GetProperty("text/plain").GetString());
        Assert.Equal(1, reply.GetProperty("execution_count").GetInt32());
        Assert.Equal([null, watcher], _host.Engine.Cells.Select(cell => cell.Shell));
        _front.Send(_front.Control, "interrupt_request");
        _front.Reply(_front.Control, "interrupt_reply");
        Assert.Equal("Interrupted", _front.Reply("execute_reply").GetProperty("ename").GetString());
        Assert.NotEmpty(training);
    }

    [Fact]
    public void An_interrupt_that_names_a_subshell_leaves_the_others_alone()
    {
        var other = Create();
        _front.Send("execute_request", new JsonObject { ["code"] = "print main\nsleep 600000" });
        _front.Send("execute_request", new JsonObject { ["code"] = "print other\nsleep 600000" }, other);
        for (var streams = 0; streams < 2;)
            streams += _front.Receive(_front.Iopub).Header.Type == "stream" ? 1 : 0;

        _front.Send(_front.Control, "interrupt_request", subshell: other);
        _front.Reply(_front.Control, "interrupt_reply");

        Assert.Contains(other, _front.ReceiveParent(), StringComparison.Ordinal);
        _front.Send(_front.Control, "interrupt_request");
        _front.Reply(_front.Control, "interrupt_reply");
        Assert.DoesNotContain(other, _front.ReceiveParent(), StringComparison.Ordinal);
    }

    [Fact]
    public void Subshells_are_listed_and_closed()
    {
        var (first, second) = (Create(), Create());
        Assert.Equal(new[] { first, second }.Order(), List());
        _front.Send("execute_request", new JsonObject { ["code"] = "print a\nloop" }, first);
        _front.Send("execute_request", new JsonObject { ["code"] = "print b" }, first);
        while (_front.Receive(_front.Iopub).Header.Type != "stream")
        {
            // Until it runs.
        }

        _front.Send(_front.Control, "delete_subshell_request", new JsonObject { ["subshell_id"] = first });
        Assert.Equal("ok", _front.Reply(_front.Control, "delete_subshell_reply").GetProperty("status").GetString());

        Assert.Equal([second], List());
        Assert.Equal("Interrupted", _front.Reply("execute_reply").GetProperty("ename").GetString());
        Assert.NotEqual("ok", _front.Reply("execute_reply").GetProperty("status").GetString());
        _front.Send("execute_request", new JsonObject { ["code"] = "print c" }, first);
        Assert.Contains($"no subshell {first}", _front.Reply("execute_reply").GetProperty("evalue").GetString(), StringComparison.Ordinal);
        _front.Send(_front.Control, "delete_subshell_request", new JsonObject { ["subshell_id"] = first });
        Assert.Equal("error", _front.Reply(_front.Control, "delete_subshell_reply").GetProperty("status").GetString());
    }

    [Fact]
    public void There_is_a_bound_to_subshells()
    {
        string? refusal = null;
        for (var i = 0; i < 100 && refusal is null; i++)
        {
            _front.Send(_front.Control, "create_subshell_request");
            refusal = _front.Reply(_front.Control, "create_subshell_reply").TryGetProperty("evalue", out var reason) ? reason.GetString() : null;
        }

        Assert.Contains("64 subshells already", refusal, StringComparison.Ordinal);
    }

    private string Create()
    {
        _front.Send(_front.Control, "create_subshell_request");
        return _front.Reply(_front.Control, "create_subshell_reply").GetProperty("subshell_id").GetString()!;
    }

    private IEnumerable<string?> List()
    {
        _front.Send(_front.Control, "list_subshell_request");
        return _front.Reply(_front.Control, "list_subshell_reply").GetProperty("subshell_id").EnumerateArray().Select(id => id.GetString());
    }
}
