using System.Text.Json;

namespace Cde.Kernels.Jupyter;

/// <summary>A message that arrived, with its signature verified.</summary>
/// <param name="Identities">What stood before the delimiter; an answer carries it again.</param>
/// <param name="Header">What it is.</param>
/// <param name="ParentId">The message that it answers; empty where it answers none.</param>
/// <param name="Content">What it says: an object.</param>
/// <param name="Metadata">What it says about itself: an object.</param>
/// <param name="Buffers">Binary data that goes with it.</param>
internal sealed record JupyterMessage(
    IReadOnlyList<byte[]> Identities, MessageHeader Header, string ParentId, JsonElement Content, JsonElement Metadata, IReadOnlyList<byte[]> Buffers)
{
    /// <summary>The frame between the identities and the message.</summary>
    public static readonly byte[] Delimiter = [.. "<IDS|MSG>"u8];
}

/// <summary>What a message is.</summary>
/// <param name="Id">Its name, which answers carry.</param>
/// <param name="Type">Its kind, such as <c>execute_request</c>.</param>
/// <param name="Subshell">The subshell that it is for; null for the main one.</param>
/// <param name="Raw">The header as it came: answers carry it whole, with the fields that are not known here.</param>
internal sealed record MessageHeader(string Id, string Type, string? Subshell, byte[] Raw);
