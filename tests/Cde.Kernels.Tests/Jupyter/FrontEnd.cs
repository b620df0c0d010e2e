using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Jupyter;
using Cde.Kernels.Jupyter.Zmtp;
using Cde.Kernels.Tests.Jupyter.Zmtp;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>A front end in this process, message by message.</summary>
internal sealed class FrontEnd : IDisposable
{
    private readonly MessageReader _reader;
    private readonly MessageWriter _writer;

    public FrontEnd(KernelHost host, string identity = "front", bool withStdin = true)
    {
        var signer = new MessageSigner(host.Connection.Key);
        _reader = new MessageReader(signer);
        _writer = new MessageWriter(signer, TimeProvider.System);
        Iopub = ZmtpClient.Connect(host.Connection.IopubPort, "SUB");
        Iopub.Send(new ZmtpCommand(ZmtpCommand.Subscribe, []));
        Welcome = Receive(Iopub);
        Shell = ZmtpClient.Connect(host.Connection.ShellPort, "DEALER", identity);
        Control = ZmtpClient.Connect(host.Connection.ControlPort, "DEALER", identity);
        if (withStdin)
            Stdin = ZmtpClient.Connect(host.Connection.StdinPort, "DEALER", identity);
    }

    public ZmtpClient Shell { get; }

    public ZmtpClient Control { get; }

    public ZmtpClient? Stdin { get; }

    public ZmtpClient Iopub { get; }

    /// <summary>What the subscription was greeted with.</summary>
    public JupyterMessage Welcome { get; }

    /// <summary>Sends a request over the shell; returns its id.</summary>
    public string Send(string type, JsonObject? content = null, string? subshell = null, byte[][]? buffers = null) => Send(Shell, type, content, subshell, buffers);

    /// <summary>Sends a request; returns its id.</summary>
    public string Send(ZmtpClient channel, string type, JsonObject? content = null, string? subshell = null, byte[][]? buffers = null)
    {
        var (frames, id) = _writer.Write([], type, [], content ?? [], buffers is null ? null : new MessageExtras(null, buffers));
        if (subshell is not null)
        {
            var header = JsonNode.Parse(frames[2])!.AsObject();
            header["subshell_id"] = subshell;
            frames = Sign([frames[0], frames[1], Encoding.UTF8.GetBytes(header.ToJsonString()), .. frames.Skip(3)]);
        }

        channel.Send([.. frames]);
        return id;
    }

    public JupyterMessage Receive(ZmtpClient channel) => _reader.Read(channel.Receive<ZmtpMessage>().Frames);

    /// <summary>The header that a message answers, as it came.</summary>
    public string ReceiveParent() => Encoding.UTF8.GetString(Shell.Receive<ZmtpMessage>().Frames[3]);

    /// <summary>The reply to a request that was just sent, by type.</summary>
    public JsonElement Reply(string type) => Reply(Shell, type);

    public JsonElement Reply(ZmtpClient channel, string type)
    {
        var message = Receive(channel);
        Assert.Equal(type, message.Header.Type);
        return message.Content;
    }

    /// <summary>Everything published for a request, from busy to idle, without these two.</summary>
    public List<JupyterMessage> Published(string request)
    {
        var messages = new List<JupyterMessage>();
        while (true)
        {
            var message = Receive(Iopub);
            if (message.ParentId != request)
                continue;
            if (message.Header.Type == "status" && message.Content.GetProperty("execution_state").GetString() == "idle")
            {
                Assert.Equal("busy", messages[0].Content.GetProperty("execution_state").GetString());
                return messages[1..];
            }

            messages.Add(message);
        }
    }

    /// <summary>Runs a cell to its end: the reply, and what was published.</summary>
    public (JsonElement Reply, List<JupyterMessage> Published) Execute(string code, JsonObject? more = null, string? subshell = null)
    {
        var content = more ?? [];
        content["code"] = code;
        var id = Send("execute_request", content, subshell);
        var published = Published(id); // first: a kernel waits for who does not read
        return (Reply("execute_reply"), published);
    }

    /// <summary>The text of a stream in some messages.</summary>
    public static string Text(IEnumerable<JupyterMessage> messages, string stream) => string.Concat(messages
        .Where(message => message.Header.Type == "stream" && message.Content.GetProperty("name").GetString() == stream)
        .Select(message => message.Content.GetProperty("text").GetString()));

    /// <summary>The types of messages, without what the kernel says around every request.</summary>
    public static string Types(IEnumerable<JupyterMessage> messages) => string.Join(' ', messages.Select(message => message.Header.Type));

    public void Dispose()
    {
        foreach (var channel in (ZmtpClient?[])[Shell, Control, Stdin, Iopub])
            channel?.Dispose();
    }

    private byte[][] Sign(byte[][] frames)
    {
        var signer = new MessageSigner([.. "a-key"u8]);
        frames[1] = signer.Sign(frames[2], frames[3], frames[4], frames[5]);
        return frames;
    }
}
