using System.Text.Json.Nodes;

namespace Cde.Kernels.Tests.Jupyter.Requests;

public sealed class InterruptTests : IDisposable
{
    private readonly KernelHost _host = new();
    private readonly FrontEnd _front;

    public InterruptTests() => _front = new FrontEnd(_host);

    public void Dispose()
    {
        _front.Dispose();
        _host.Dispose();
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("sleep 600000")]
    [InlineData("input who?")]
    public void An_interrupt_ends_what_runs_and_the_state_stays(string code)
    {
        _front.Execute("set x 7");
        _front.Send("execute_request", new JsonObject { ["code"] = "print begun\n" + code });
        WaitForText();

        Interrupt();

        var reply = _front.Reply("execute_reply");
        Assert.Equal(("error", "Interrupted"), (reply.GetProperty("status").GetString(), reply.GetProperty("ename").GetString()));
        Assert.Equal("7", _front.Execute("get x").Published[^1].Content.GetProperty("data").GetProperty("text/plain").GetString());
    }

    [Fact]
    public void Cells_behind_an_interrupted_one_are_aborted()
    {
        _front.Send("execute_request", new JsonObject { ["code"] = "print begun\nloop" });
        _front.Send("execute_request", new JsonObject { ["code"] = "print never" });
        WaitForText();

        Interrupt();

        Assert.Equal("error", _front.Reply("execute_reply").GetProperty("status").GetString());
        Assert.Equal("aborted", _front.Reply("execute_reply").GetProperty("status").GetString());
    }

    [Fact]
    public void An_interrupt_ends_a_completion_that_hangs()
    {
        _front.Send("complete_request", new JsonObject { ["code"] = "hang" });
        Assert.True(SpinWait.SpinUntil(() => IsBusy("complete_request"), 120_000));

        Interrupt();

        Assert.Equal("error", _front.Reply("complete_reply").GetProperty("status").GetString());
    }

    [Fact]
    public void An_interrupt_before_the_engine_is_there_ends_the_waiting_cell()
    {
        using var gate = new ManualResetEventSlim();
        using var host = new KernelHost(() =>
        {
            gate.Wait();
            return new ScriptedEngine();
        });
        using (var front = new FrontEnd(host))
        {
            front.Send("execute_request", new JsonObject { ["code"] = "print a" });
            while (front.Receive(front.Iopub).Header.Type != "execute_input")
            {
                // Until it waits.
            }

            front.Send(front.Control, "interrupt_request");
            front.Reply(front.Control, "interrupt_reply");

            Assert.Equal("Interrupted", front.Reply("execute_reply").GetProperty("ename").GetString());
            gate.Set();
            Assert.Equal("ok", front.Execute("print a").Reply.GetProperty("status").GetString());
        }
    }

    [Fact]
    public void An_interrupt_of_an_idle_kernel_changes_nothing()
    {
        Interrupt();

        Assert.Equal("ok", _front.Execute("print a").Reply.GetProperty("status").GetString());
    }

    [Fact]
    public void Control_and_heartbeat_answer_while_native_code_runs_and_the_pool_is_full()
    {
        var gate = new ManualResetEventSlim(); // never disposed: the pool may come to it late
        for (var i = 0; i < 200; i++)
            ThreadPool.QueueUserWorkItem(_ => gate.Wait());
        _front.Send("execute_request", new JsonObject { ["code"] = "print begun\nnative 500" });
        WaitForText();
        using var heart = Zmtp.ZmtpClient.Connect(_host.Connection.HeartbeatPort, "REQ");

        heart.Send([], [.. "beat"u8]);
        Assert.Equal(["", "beat"], heart.ReceiveTexts());
        _front.Send(_front.Control, "kernel_info_request");
        Assert.Equal("ok", _front.Reply(_front.Control, "kernel_info_reply").GetProperty("status").GetString());

        Assert.Equal("ok", _front.Reply("execute_reply").GetProperty("status").GetString());
        gate.Set();
    }

    private void Interrupt()
    {
        _front.Send(_front.Control, "interrupt_request");
        Assert.Equal("ok", _front.Reply(_front.Control, "interrupt_reply").GetProperty("status").GetString());
    }

    private void WaitForText()
    {
        while (_front.Receive(_front.Iopub).Header.Type != "stream")
        {
            // Until the cell says something.
        }
    }

    private bool IsBusy(string type)
    {
        var message = _front.Receive(_front.Iopub);
        return message.Header.Type == "status" && message.Content.GetProperty("execution_state").GetString() == "busy" && type.Length > 0;
    }
}
