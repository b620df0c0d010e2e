using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>Makes signed frames of what the kernel says.</summary>
/// <param name="signer">Signs them.</param>
/// <param name="time">The clock.</param>
internal sealed class MessageWriter(MessageSigner signer, TimeProvider time)
{
    /// <summary>The version of the messaging protocol that every header names.</summary>
    public const string ProtocolVersion = "5.4";

    private static readonly byte[] Empty = [.. "{}"u8];

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    private readonly string _session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private long _count;

    /// <summary>The frames of a message.</summary>
    /// <param name="prefix">What goes before the delimiter: the asker's identities, or the topic.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="parent">The header of the message that it belongs to, as it came; empty where it belongs to none.</param>
    /// <param name="content">What it says.</param>
    /// <param name="extras">What goes with it; nothing where null.</param>
    /// <returns>The frames, and the message's id.</returns>
    public (IReadOnlyList<byte[]> Frames, string Id) Write(
        IReadOnlyList<byte[]> prefix, string type, byte[] parent, JsonObject content, MessageExtras? extras = null)
    {
        var id = $"{_session}_{Interlocked.Increment(ref _count)}";
        var header = Bytes(new JsonObject
        {
            ["msg_id"] = id,
            ["msg_type"] = type,
            ["session"] = _session,
            ["username"] = Environment.UserName,
            ["date"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["version"] = ProtocolVersion,
        });
        if (parent.Length == 0)
            parent = Empty;
        var metadata = extras?.Metadata is { } given ? Bytes(given) : Empty;
        var body = Bytes(content);
        return ([.. prefix, JupyterMessage.Delimiter, signer.Sign(header, parent, metadata, body), header, parent, metadata, body, .. extras?.Buffers ?? []], id);
    }

    private static byte[] Bytes(JsonObject node) => JsonSerializer.SerializeToUtf8Bytes(node, Options);
}

/// <summary>What may go with a message.</summary>
/// <param name="Metadata">About the message.</param>
/// <param name="Buffers">Binary data.</param>
internal sealed record MessageExtras(JsonObject? Metadata, IReadOnlyList<byte[]> Buffers);
