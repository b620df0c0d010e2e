using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Tests.Jupyter.Requests;

public sealed class ExecuteTests : IDisposable
{
    private readonly KernelHost _host = new();
    private readonly FrontEnd _front;

    public ExecuteTests() => _front = new FrontEnd(_host);

    public void Dispose()
    {
        _front.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Outputs_arrive_between_busy_and_idle_in_the_order_in_which_they_were_written()
    {
        var (reply, published) = _front.Execute("print a\nprint b\neprint c\nprint d\ndisplay e\nwrite f\nresult g");

        Assert.Equal("execute_input stream stream stream display_data stream execute_result", FrontEnd.Types(published));
        Assert.Equal("a\nb\n|c\n|d\n|f", string.Join('|', published.Where(message => message.Header.Type == "stream").Select(message => message.Content.GetProperty("text"))));
        Assert.Equal(("ok", 1), (reply.GetProperty("status").GetString(), reply.GetProperty("execution_count").GetInt32()));
        Assert.Equal(1, published[^1].Content.GetProperty("execution_count").GetInt32());
        Assert.Equal("g", published[^1].Content.GetProperty("data").GetProperty("text/plain").GetString());
        Assert.Empty(reply.GetProperty("payload").EnumerateArray());
    }

    [Fact]
    public void Silent_cells_publish_nothing_count_nothing_and_are_not_kept()
    {
        var (reply, published) = _front.Execute("print a\ndisplay b\nresult c", new JsonObject { ["silent"] = true, ["store_history"] = true });
        var (failed, failing) = _front.Execute("fail X y", new JsonObject { ["silent"] = true });

        Assert.Empty(published);
        Assert.Empty(failing);
        Assert.Equal(("ok", 0, "error"), (reply.GetProperty("status").GetString(), reply.GetProperty("execution_count").GetInt32(), failed.GetProperty("status").GetString()));
        Assert.True(_host.Engine.Cells.First().IsSilent);
        Assert.False(Directory.Exists(_host.HistoryFolder));
    }

    [Fact]
    public void Cells_that_are_not_kept_do_not_count()
    {
        _front.Execute("set x 1");
        var (reply, published) = _front.Execute("result 1", new JsonObject { ["store_history"] = false });
        var (next, _) = _front.Execute("result 1");

        Assert.Equal("execute_input execute_result", FrontEnd.Types(published));
        Assert.Equal((1, 2), (reply.GetProperty("execution_count").GetInt32(), next.GetProperty("execution_count").GetInt32()));
        Assert.Equal(["Cell 1", "Cell", "Cell 2"], _host.Engine.Cells.Select(cell => cell.Name));
    }

    [Fact]
    public void An_error_is_one_message_and_the_reply_says_the_same()
    {
        var (reply, published) = _front.Execute("print before\nfail TooBad it happened\nprint after");

        Assert.Equal("execute_input stream error", FrontEnd.Types(published));
        foreach (var content in (JsonElement[])[reply, published[^1].Content])
        {
            Assert.Equal(("TooBad", "it happened"), (content.GetProperty("ename").GetString(), content.GetProperty("evalue").GetString()));
            // Front ends show the traceback and nothing else.
            Assert.Equal(["\u001b[31mTooBad\u001b[0m: it happened", "\u001b[31mline 1\u001b[0m"], content.GetProperty("traceback").EnumerateArray().Take(2).Select(line => line.GetString()));
        }

        Assert.Equal(("error", 1), (reply.GetProperty("status").GetString(), reply.GetProperty("execution_count").GetInt32()));
    }

    [Fact]
    public void Cells_that_waited_behind_an_error_are_aborted_and_later_ones_run()
    {
        _front.Send("execute_request", Code("sleep 50\nfail A b"));
        var waiting = _front.Send("execute_request", Code("print never"));
        _front.Send("kernel_info_request");

        Assert.Equal("error", _front.Reply("execute_reply").GetProperty("status").GetString());
        Assert.Equal("aborted", _front.Reply("execute_reply").GetProperty("status").GetString());
        _front.Reply("kernel_info_reply");
        Assert.Empty(_front.Published(waiting));
        Assert.Equal("ok", _front.Execute("print again").Reply.GetProperty("status").GetString());
        Assert.DoesNotContain(_host.Engine.Cells, cell => cell.Code == "print never");
    }

    [Fact]
    public void Cells_behind_an_error_run_where_the_failing_one_says_so()
    {
        var content = Code("sleep 50\nfail A b");
        content["stop_on_error"] = false;
        _front.Send("execute_request", content);
        _front.Send("execute_request", Code("print still"));

        Assert.Equal("error", _front.Reply("execute_reply").GetProperty("status").GetString());
        Assert.Equal("ok", _front.Reply("execute_reply").GetProperty("status").GetString());
    }

    [Fact]
    public void User_expressions_are_evaluated_each_to_its_value_or_error()
    {
        var (reply, published) = _front.Execute("set x 42", new JsonObject { ["user_expressions"] = new JsonObject { ["good"] = "x", ["bad"] = "y", ["odd"] = 3 } });

        var expressions = reply.GetProperty("user_expressions");
        Assert.Equal("42", expressions.GetProperty("good").GetProperty("data").GetProperty("text/plain").GetString());
        Assert.Equal("Undefined", expressions.GetProperty("bad").GetProperty("ename").GetString());
        Assert.Equal("error", expressions.GetProperty("odd").GetProperty("status").GetString());
        Assert.Equal("ok", reply.GetProperty("status").GetString());
        Assert.Equal("execute_input", FrontEnd.Types(published));
    }

    [Fact]
    public void Displays_are_updated_by_name_from_another_cell()
    {
        var (_, shown) = _front.Execute("show bar 10 %");
        var (_, updated) = _front.Execute("update bar 20 %");

        foreach (var (message, type) in ((Kernels.Jupyter.JupyterMessage, string)[])[(shown[^1], "display_data"), (updated[^1], "update_display_data")])
        {
            Assert.Equal(type, message.Header.Type);
            Assert.Equal("bar", message.Content.GetProperty("transient").GetProperty("display_id").GetString());
        }
    }

    [Fact]
    public void Json_goes_out_as_json()
    {
        var (_, published) = _front.Execute("json {\"a\": [1]}");

        Assert.Equal(1, published[^1].Content.GetProperty("data").GetProperty("application/json").GetProperty("a")[0].GetInt32());
    }

    [Fact]
    public void Clear_output_says_when()
    {
        var (_, published) = _front.Execute("print a\nclear");

        Assert.Equal("execute_input stream clear_output", FrontEnd.Types(published));
        Assert.True(published[^1].Content.GetProperty("wait").GetBoolean());
    }

    [Fact]
    public void An_engine_that_throws_costs_a_reply_nothing()
    {
        var (reply, published) = _front.Execute("throw broken engine");

        Assert.Equal("execute_input error", FrontEnd.Types(published));
        Assert.Equal(("error", "broken engine"), (reply.GetProperty("status").GetString(), reply.GetProperty("evalue").GetString()));
        Assert.Equal("ok", _front.Execute("print a").Reply.GetProperty("status").GetString());
    }

    [Fact]
    public void An_engine_that_cannot_be_made_is_an_error_of_each_cell()
    {
        using var host = new KernelHost(() => throw new Cde.Workbench.CdeException("no compiler here"));
        using var front = new FrontEnd(host);

        front.Send("kernel_info_request");
        Assert.Equal("ok", front.Reply("kernel_info_reply").GetProperty("status").GetString());
        Assert.Equal("no compiler here", front.Execute("print a").Reply.GetProperty("evalue").GetString());
        front.Send("complete_request", new JsonObject { ["code"] = "a", ["cursor_pos"] = 1 });
        Assert.Equal("error", front.Reply("complete_reply").GetProperty("status").GetString());
    }

    [Fact]
    public void A_request_without_code_is_refused_with_the_field()
    {
        _front.Send("execute_request", []);

        Assert.Contains("\"code\" is missing", _front.Reply("execute_reply").GetProperty("evalue").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_written_after_the_cell_belongs_to_it()
    {
        var (_, _) = _front.Execute("later 150 afterwards");

        while (_front.Receive(_front.Iopub) is var message)
        {
            if (message.Header.Type != "stream")
                continue;
            Assert.Equal("afterwards\n", message.Content.GetProperty("text").GetString());
            return;
        }
    }

    [Fact]
    public void A_cell_killed_with_its_kernel_is_in_the_history()
    {
        var id = _front.Send("execute_request", Code("loop"));
        while (_front.Receive(_front.Iopub) is { } message && !(message.ParentId == id && message.Header.Type == "execute_input"))
        {
            // Until the cell runs.
        }

        var stored = SpinWait.SpinUntil(() => new Kernels.Jupyter.HistoryStore(_host.HistoryFolder).Tail(1) is [{ Input: "loop", Line: 1 }], 120_000);

        Assert.True(stored);
    }

    private static JsonObject Code(string code) => new() { ["code"] = code };
}
