using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cde.Kernels.Jupyter;
using Cde.Testing;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Jupyter.Messages;

public sealed class ConnectionFileTests
{
    [Fact]
    public void A_file_as_jupyter_client_writes_it_is_read()
    {
        var connection = ConnectionFile.Parse(Encoding.UTF8.GetBytes(Complete().ToJsonString()), "kernel.json");

        Assert.Equal(IPAddress.Loopback, connection.Address);
        Assert.Equal((1001, 1002, 1003, 1004, 1005), (connection.ShellPort, connection.IopubPort, connection.StdinPort, connection.ControlPort, connection.HeartbeatPort));
        Assert.Equal("a-b", Encoding.UTF8.GetString([.. connection.Key]));
    }

    [Fact]
    public void Missing_fields_are_named_all_at_once()
    {
        var file = Complete();
        file.Remove("hb_port");
        file.Remove("key");

        Assert.Equal("k.json: missing in the connection file: \"hb_port\", \"key\"; let the front end write it, or name the file that it wrote", Refusal(file));
    }

    [Theory]
    [InlineData("transport", "\"ipc\"", "field \"transport\": ipc is not spoken here, only tcp")]
    [InlineData("ip", "\"example.org\"", "field \"ip\": example.org is no address")]
    [InlineData("ip", "\"0.0.0.0\"", null)]
    [InlineData("shell_port", "0", "field \"shell_port\": 0 is no port (a whole number from 1 to 65535)")]
    [InlineData("iopub_port", "70000", "field \"iopub_port\": 70000 is no port")]
    [InlineData("stdin_port", "\"5000\"", "field \"stdin_port\": 5000 is no port")]
    [InlineData("control_port", "1.5", "field \"control_port\": 1.5 is no port")]
    [InlineData("key", "12", "field \"key\": expected a string")]
    [InlineData("signature_scheme", "\"hmac-md5\"", "field \"signature_scheme\": hmac-md5 is not known here, only hmac-sha256")]
    public void What_is_not_spoken_here_is_refused_in_one_line(string field, string value, string? reason)
    {
        var file = Complete();
        file[field] = JsonNode.Parse(value);

        if (reason is null)
            Assert.NotNull(ConnectionFile.Parse(Encoding.UTF8.GetBytes(file.ToJsonString()), "k.json"));
        else
            Assert.StartsWith("k.json: " + reason, Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unsigned_kernel_listens_on_this_machine_alone()
    {
        var file = Complete();
        file["key"] = "";
        Assert.Empty(ConnectionFile.Parse(Encoding.UTF8.GetBytes(file.ToJsonString()), "k.json").Key);

        file["ip"] = "0.0.0.0";

        Assert.Contains("anybody could run code", Refusal(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "no JSON at line 1")]
    [InlineData("[]", "one JSON object")]
    [InlineData("", "no JSON at line 1")]
    public void What_is_no_object_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<CdeException>(() => ConnectionFile.Parse(Encoding.UTF8.GetBytes(text), "k.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();

        var refusal = Assert.Throws<CdeException>(() => ConnectionFile.Read(folder["none.json"]));

        Assert.StartsWith(folder["none.json"] + ": the connection file cannot be read", refusal.Message, StringComparison.Ordinal);
    }

    private static string Refusal(JsonObject file) =>
        Assert.Throws<CdeException>(() => ConnectionFile.Parse(Encoding.UTF8.GetBytes(file.ToJsonString()), "k.json")).Message;

    private static JsonObject Complete() => new()
    {
        ["shell_port"] = 1001,
        ["iopub_port"] = 1002,
        ["stdin_port"] = 1003,
        ["control_port"] = 1004,
        ["hb_port"] = 1005,
        ["ip"] = "127.0.0.1",
        ["key"] = "a-b",
        ["transport"] = "tcp",
        ["signature_scheme"] = "hmac-sha256",
        ["kernel_name"] = "csharp-cde",
    };
}
