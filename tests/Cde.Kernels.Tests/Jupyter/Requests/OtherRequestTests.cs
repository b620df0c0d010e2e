using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Tests.Jupyter.Zmtp;

namespace Cde.Kernels.Tests.Jupyter.Requests;

public sealed class OtherRequestTests : IDisposable
{
    private readonly KernelHost _host = new();
    private readonly FrontEnd _front;

    public OtherRequestTests() => _front = new FrontEnd(_host);

    public void Dispose()
    {
        _front.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void A_subscription_is_welcomed_by_its_name()
    {
        Assert.Equal(("iopub_welcome", "", ""), (_front.Welcome.Header.Type, _front.Welcome.ParentId, _front.Welcome.Content.GetProperty("subscription").GetString()));
        using var some = Zmtp.ZmtpClient.Connect(_host.Connection.IopubPort, "SUB");
        some.Send(new Kernels.Jupyter.Zmtp.ZmtpCommand("SUBSCRIBE", [.. "stream"u8]));
        var welcome = _front.Receive(some);
        _front.Execute("display a\nprint b");

        Assert.Equal("stream", welcome.Content.GetProperty("subscription").GetString());
        Assert.Equal("b\n", _front.Receive(some).Content.GetProperty("text").GetString());
    }

    [Fact]
    public void Kernel_info_is_answered_on_both_channels_before_the_engine_is_there()
    {
        using var gate = new ManualResetEventSlim();
        using var host = new KernelHost(() =>
        {
            gate.Wait();
            return new ScriptedEngine();
        });
        using var front = new FrontEnd(host);
        foreach (var channel in (Zmtp.ZmtpClient[])[front.Shell, front.Control])
        {
            var id = front.Send(channel, "kernel_info_request");
            var info = front.Reply(channel, "kernel_info_reply");
            Assert.Equal(("ok", "5.4"), (info.GetProperty("status").GetString(), info.GetProperty("protocol_version").GetString()));
            Assert.Equal("kernel subshells", info.GetProperty("supported_features")[0].GetString());
            Assert.Equal(".cs", info.GetProperty("language_info").GetProperty("file_extension").GetString());
            Assert.Empty(front.Published(id));
        }

        gate.Set();
    }

    [Fact]
    public void Cursor_positions_are_code_points()
    {
        _front.Send("complete_request", new JsonObject { ["code"] = "😀 pri 😀", ["cursor_pos"] = 5 });
        var reply = _front.Reply("complete_reply");

        Assert.Equal(["print", "printer"], reply.GetProperty("matches").EnumerateArray().Select(match => match.GetString()));
        Assert.Equal((2, 5), (reply.GetProperty("cursor_start").GetInt32(), reply.GetProperty("cursor_end").GetInt32()));
        var entry = reply.GetProperty("metadata").GetProperty("_jupyter_types_experimental")[0];
        Assert.Equal(("print", "keyword"), (entry.GetProperty("text").GetString(), entry.GetProperty("type").GetString()));

        _front.Send("inspect_request", new JsonObject { ["code"] = "😀 print 😀", ["cursor_pos"] = 7 });
        var found = _front.Reply("inspect_reply");
        Assert.True(found.GetProperty("found").GetBoolean());
        Assert.Equal("the word print", found.GetProperty("data").GetProperty("text/plain").GetString());
        Assert.Equal("**print**", found.GetProperty("data").GetProperty("text/markdown").GetString());
    }

    [Fact]
    public void Nothing_known_is_an_answer_too()
    {
        _front.Send("inspect_request", new JsonObject { ["code"] = "what" });
        var reply = _front.Reply("inspect_reply");

        Assert.Equal(("ok", false), (reply.GetProperty("status").GetString(), reply.GetProperty("found").GetBoolean()));
    }

    [Theory]
    [InlineData("print a", "complete")]
    [InlineData("print \\", "incomplete")]
    [InlineData("?", "invalid")]
    [InlineData("what", "unknown")]
    public void Completeness_has_four_answers(string code, string status)
    {
        _front.Send("is_complete_request", new JsonObject { ["code"] = code });
        var reply = _front.Reply("is_complete_reply");

        Assert.Equal(status, reply.GetProperty("status").GetString());
        Assert.Equal(status == "incomplete", reply.TryGetProperty("indent", out var indent) && indent.GetString() == "  ");
    }

    [Fact]
    public void History_has_tail_range_and_search()
    {
        _front.Execute("print 1");
        _front.Execute("result 2");
        _front.Execute("print 3");

        Assert.Equal("""[[1,2,"result 2"],[1,3,"print 3"]]""", History(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2 }));
        Assert.Equal("""[[1,2,["result 2","2"]]]""", History(new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = 2, ["stop"] = 3, ["output"] = true }));
        Assert.Equal("""[[1,1,["print 1",null]],[1,3,["print 3",null]]]""", History(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "print*", ["output"] = true }));
        _front.Send("history_request", new JsonObject { ["hist_access_type"] = "all" });
        Assert.Contains("expected tail, range or search", _front.Reply("history_reply").GetProperty("evalue").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("debug_request")]
    [InlineData("nonsense_request")]
    public void A_request_of_an_unknown_kind_gets_an_error_reply(string type)
    {
        var id = _front.Send(_front.Control, type);

        Assert.Equal("error", _front.Reply(_front.Control, type.Replace("_request", "_reply", StringComparison.Ordinal)).GetProperty("status").GetString());
        Assert.Empty(_front.Published(id));
    }

    [Fact]
    public void Questions_go_to_the_front_end_that_sent_the_cell()
    {
        using var other = new FrontEnd(_host, "other");
        _front.Send("execute_request", new JsonObject { ["code"] = "print Who?\ninput name: \npassword word: " });

        foreach (var (prompt, isPassword) in ((string, bool)[])[("name: ", false), ("word: ", true)])
        {
            var question = _front.Receive(_front.Stdin!);
            Assert.Equal("input_request", question.Header.Type);
            Assert.Equal((prompt, isPassword), (question.Content.GetProperty("prompt").GetString(), question.Content.GetProperty("password").GetBoolean()));
            _front.Send(_front.Stdin!, "input_reply", new JsonObject { ["value"] = isPassword ? "secret" : "Ada " });
        }

        Assert.Equal("ok", _front.Reply("execute_reply").GetProperty("status").GetString());
        Assert.Equal(0, other.Stdin!.Socket.Available);
        Assert.Equal("Who?\nAda secret", Streams());
    }

    [Fact]
    public void A_question_waits_for_a_front_end_that_is_still_introducing_itself()
    {
        using var late = new FrontEnd(_host, "late", withStdin: false);
        using var stdin = new ZmtpClient(_host.Connection.StdinPort);
        stdin.Greet();
        late.Send("execute_request", new JsonObject { ["code"] = "print begun\ninput who? " });
        while (late.Receive(late.Iopub).Header.Type != "stream")
        {
            // Until the cell says something.
        }

        stdin.Introduce("DEALER", "late");

        Assert.Equal("who? ", late.Receive(stdin).Content.GetProperty("prompt").GetString());
        late.Send(stdin, "input_reply", new JsonObject { ["value"] = "Ada" });
        Assert.Equal("ok", late.Reply("execute_reply").GetProperty("status").GetString());
    }

    [Fact]
    public void A_question_where_nobody_answers_is_an_error_that_says_so()
    {
        var (refused, _) = _front.Execute("input x", new JsonObject { ["allow_stdin"] = false });
        using var deaf = new FrontEnd(_host, "deaf", withStdin: false);
        var (unheard, _) = deaf.Execute("input x");

        Assert.Contains("takes no input here", refused.GetProperty("evalue").GetString(), StringComparison.Ordinal);
        Assert.Contains("does not listen for questions", unheard.GetProperty("evalue").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_with_a_wrong_signature_are_dropped_and_told_of()
    {
        _front.Shell.Send([.. "<IDS|MSG>"u8], [.. new string('0', 64).Select(digit => (byte)digit)], [.. """{"msg_id":"1","msg_type":"execute_request"}"""u8], [.. "{}"u8], [.. "{}"u8], [.. """{"code":"print stolen"}"""u8]);
        _front.Control.Send([9, 9, 9]);
        _front.Execute("print mine");

        Assert.Equal(["print mine"], _host.Engine.Cells.Select(cell => cell.Code));
        Assert.Contains(_host.Log, line => line == "shell: a message was dropped: its signature is wrong");
        Assert.Contains(_host.Log, line => line.StartsWith("control: a message was dropped: no <IDS|MSG>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Shutdown_is_answered_and_ends_the_kernel_and_its_engine(bool restart)
    {
        _front.Send("execute_request", new JsonObject { ["code"] = "print begun\nloop" });
        _front.Send(_front.Control, "shutdown_request", new JsonObject { ["restart"] = restart });

        Assert.Equal(restart, _front.Reply(_front.Control, "shutdown_reply").GetProperty("restart").GetBoolean());
        JsonElement? goodbye = null;
        while (_front.Iopub.Receive() is Kernels.Jupyter.Zmtp.ZmtpMessage { Frames: var frames })
        {
            if (frames.Any(frame => frame.AsSpan().IndexOf("\"shutdown_reply\""u8) >= 0))
                goodbye = JsonDocument.Parse(frames[^1]).RootElement;
        }

        Assert.Equal(restart, goodbye!.Value.GetProperty("restart").GetBoolean());
        Assert.True(_host.HasEnded(TimeSpan.FromSeconds(120)));
        Assert.True(_host.Engine.IsDisposed);
    }

    [Fact]
    public void Abandoned_cells_get_the_reason_and_their_reply()
    {
        var id = _front.Send("execute_request", new JsonObject { ["code"] = "print begun\nnative 1500" });
        while (_front.Receive(_front.Iopub).Header.Type != "stream")
        {
            // Until it runs.
        }

        _host.Kernel.Abandon("the process ends with exit code 3");

        var reply = _front.Reply("execute_reply");
        Assert.Equal(("error", "the process ends with exit code 3"), (reply.GetProperty("status").GetString(), reply.GetProperty("evalue").GetString()));
        Assert.Contains("exit code 3", FrontEnd.Text([_front.Receive(_front.Iopub)], "stderr"), StringComparison.Ordinal);
        Assert.Equal("error", _front.Receive(_front.Iopub).Header.Type);
        Assert.Equal(id, _front.Receive(_front.Iopub).ParentId);
        _host.Kernel.Stop();
    }

    private string History(JsonObject content)
    {
        _front.Send("history_request", content);
        return _front.Reply("history_reply").GetProperty("history").GetRawText();
    }

    private string Streams()
    {
        var text = "";
        while (text.Length < "Who?\nAda secret".Length)
            text += FrontEnd.Text([_front.Receive(_front.Iopub)], "stdout");
        return text;
    }
}
