using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>A conversation between code in the kernel and a part of the front end, such as a widget.</summary>
public sealed class Comm
{
    private readonly CommRegistry _registry;

    internal Comm(CommRegistry registry, string id, string target)
    {
        _registry = registry;
        Id = id;
        Target = target;
    }

    /// <summary>What both sides call it.</summary>
    public string Id { get; }

    /// <summary>Its kind: what the other side looks for when it opens.</summary>
    public string Target { get; }

    /// <summary>Neither side has closed it.</summary>
    public bool IsOpen => _registry.Contains(this);

    /// <summary>A message of the front end; on the shell's thread.</summary>
    public event Action<CommMessage>? Received;

    /// <summary>The front end closed it; on the shell's thread.</summary>
    public event Action<CommMessage>? Closed;

    /// <summary>Sends data to the front end; from any thread. Nothing happens where it is closed.</summary>
    /// <param name="data">The data.</param>
    /// <param name="buffers">Binary data that goes with it; none where null.</param>
    /// <param name="metadata">About the message; none where null.</param>
    public void Send(JsonObject data, IReadOnlyList<byte[]>? buffers = null, JsonObject? metadata = null)
    {
        if (IsOpen)
            _registry.Publish("comm_msg", new JsonObject { ["comm_id"] = Id, ["data"] = data.DeepClone() }, buffers, metadata);
    }

    /// <summary>Ends the conversation from this side; from any thread. Nothing happens where it is closed.</summary>
    /// <param name="data">Last words; none where null.</param>
    public void Close(JsonObject? data = null)
    {
        if (_registry.Remove(Id) is not null)
            _registry.Publish("comm_close", new JsonObject { ["comm_id"] = Id, ["data"] = data?.DeepClone() ?? new JsonObject() }, null, null);
    }

    internal void Receive(CommMessage message) => Received?.Invoke(message);

    internal void End(CommMessage message) => Closed?.Invoke(message);
}

/// <summary>What the front end says in a conversation.</summary>
/// <param name="Data">The data.</param>
/// <param name="Metadata">About the message.</param>
/// <param name="Buffers">Binary data that goes with it.</param>
public sealed record CommMessage(JsonElement Data, JsonElement Metadata, IReadOnlyList<byte[]> Buffers);
