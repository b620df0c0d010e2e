using System.Text.Json;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>Makes messages of frames. Whatever the frames are, the answer is a message or a reason.</summary>
/// <param name="signer">Verifies them.</param>
internal sealed class MessageReader(MessageSigner signer)
{
    private const int Parts = 5; // signature, header, parent, metadata, content

    /// <summary>Reads a message.</summary>
    /// <param name="frames">Everything that arrived.</param>
    /// <exception cref="InvalidMessageException">It is none, or its signature is wrong.</exception>
    public JupyterMessage Read(IReadOnlyList<byte[]> frames)
    {
        var delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(JupyterMessage.Delimiter))
            delimiter++;
        var first = delimiter + 1;
        if (frames.Count < first + Parts)
            throw new InvalidMessageException(delimiter == frames.Count ? "no <IDS|MSG> in it" : $"{frames.Count - first} frames after <IDS|MSG>; {Parts} are the least");
        var (header, parent, metadata, content) = (frames[first + 1], frames[first + 2], frames[first + 3], frames[first + 4]);
        if (!signer.Verify(frames[first], header, parent, metadata, content))
            throw new InvalidMessageException("its signature is wrong");
        return new JupyterMessage(
            [.. frames.Take(delimiter)],
            Header(header),
            Object(parent, "parent_header").TextOr("msg_id", ""),
            Object(content, "content"),
            Object(metadata, "metadata"),
            [.. frames.Skip(first + Parts)]);
    }

    private static MessageHeader Header(byte[] octets)
    {
        var header = Object(octets, "header");
        if (header.TextOr("msg_type", "") is not { Length: > 0 } type)
            throw new InvalidMessageException("its header has no msg_type");
        var subshell = header.TextOr("subshell_id", "");
        return new MessageHeader(header.TextOr("msg_id", ""), type, subshell.Length > 0 ? subshell : null, octets);
    }

    private static JsonElement Object(byte[] octets, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(octets);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new InvalidMessageException($"its {name} is no JSON object");
        }
        catch (JsonException)
        {
            throw new InvalidMessageException($"its {name} is no JSON");
        }
    }
}

/// <summary>What arrived is no message of this kernel's front end.</summary>
/// <param name="reason">Why, as the end of a sentence that begins with "a message was dropped: ".</param>
internal sealed class InvalidMessageException(string reason) : CdeException(reason);
