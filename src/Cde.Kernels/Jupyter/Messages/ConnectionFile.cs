using System.Net;
using System.Text;
using System.Text.Json;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>What a front end tells its kernel: where to listen, and the key that messages are signed with.</summary>
/// <param name="Address">The address of all five sockets.</param>
/// <param name="ShellPort">Requests.</param>
/// <param name="ControlPort">Requests that must not wait for a running cell.</param>
/// <param name="StdinPort">Questions to the person at the front end.</param>
/// <param name="IopubPort">What everybody may see: output and the kernel's state.</param>
/// <param name="HeartbeatPort">Echo.</param>
/// <param name="Key">The key; empty where messages are not signed.</param>
public sealed record ConnectionFile(
    IPAddress Address, int ShellPort, int ControlPort, int StdinPort, int IopubPort, int HeartbeatPort, IReadOnlyList<byte> Key)
{
    /// <summary>The only way of signing that is known here, and Jupyter's default.</summary>
    public const string SignatureScheme = "hmac-sha256";

    /// <summary>Reads a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CdeException">It cannot be read, lacks a field, or asks for what is not spoken here.</exception>
    public static ConnectionFile Read(string path)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path}: the connection file cannot be read: {failure.Message}", failure);
        }

        return Parse(text, path);
    }

    /// <summary>Reads the text of a connection file.</summary>
    /// <param name="text">UTF-8 JSON.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="CdeException">It lacks a field, or asks for what is not spoken here.</exception>
    public static ConnectionFile Parse(ReadOnlyMemory<byte> text, string name)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException failure)
        {
            throw new CdeException($"{name}: no JSON at line {failure.LineNumber + 1}: a connection file is one object, written by the front end", failure);
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new CdeException($"{name}: a connection file is one JSON object, written by the front end");
            return Read(new Fields(document.RootElement, name));
        }
    }

    private static ConnectionFile Read(Fields fields)
    {
        if (fields.Text("transport") is var transport && transport != "tcp")
            throw fields.Wrong("transport", $"{transport} is not spoken here, only tcp: set transport to \"tcp\" in the front end's connection settings");
        var ip = fields.Text("ip");
        if (!IPAddress.TryParse(ip == "localhost" ? "127.0.0.1" : ip, out var address))
            throw fields.Wrong("ip", $"{ip} is no address (expected 127.0.0.1 as a rule)");
        var key = Encoding.UTF8.GetBytes(fields.Text("key"));
        var scheme = fields.TextOr("signature_scheme", SignatureScheme);
        if (key.Length > 0 && scheme != SignatureScheme)
            throw fields.Wrong("signature_scheme", $"{scheme} is not known here, only {SignatureScheme}: set Session.signature_scheme in the front end's configuration");
        if (key.Length == 0 && !IPAddress.IsLoopback(address))
            throw fields.Wrong("key", $"it is empty, and {ip} can be reached from other machines: anybody could run code; use 127.0.0.1 or a key");
        return new ConnectionFile(
            address, fields.Port("shell_port"), fields.Port("control_port"), fields.Port("stdin_port"), fields.Port("iopub_port"), fields.Port("hb_port"), key);
    }

    private readonly struct Fields(JsonElement root, string name)
    {
        private static readonly string[] Needed =
            ["transport", "ip", "shell_port", "control_port", "stdin_port", "iopub_port", "hb_port", "key"];

        public string Text(string field) =>
            Value(field) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Wrong(field, "expected a string");

        public string TextOr(string field, string otherwise) => root.TryGetProperty(field, out _) ? Text(field) : otherwise;

        public int Port(string field) =>
            Value(field) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var port) && port is > 0 and <= ushort.MaxValue
                ? port
                : throw Wrong(field, $"{Value(field)} is no port (a whole number from 1 to {ushort.MaxValue})");

        public CdeException Wrong(string field, string why) => new($"{name}: field \"{field}\": {why}");

        private JsonElement Value(string field)
        {
            if (root.TryGetProperty(field, out var value))
                return value;
            var all = root;
            var missing = Needed.Where(needed => !all.TryGetProperty(needed, out _)).Select(needed => $"\"{needed}\"").ToList();
            throw new CdeException($"{name}: missing in the connection file: {string.Join(", ", missing)}; let the front end write it, or name the file that it wrote");
        }
    }
}
