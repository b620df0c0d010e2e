using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// The kinds of conversations that code in the kernel takes part in, and those that are open. Code registers a target by name; the front
/// end opens it, or code does. A front end that opens an unknown one is told that it is closed.
/// </summary>
public sealed class CommRegistry
{
    private readonly ConcurrentDictionary<string, Action<Comm, CommMessage>> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Comm> _open = new(StringComparer.Ordinal);

    /// <summary>The registry of the Jupyter kernel that this process serves; null where it serves none.</summary>
    public static CommRegistry? Current { get; internal set; }

    /// <summary>The conversations that are open.</summary>
    public IReadOnlyCollection<Comm> Open => [.. _open.Values];

    internal Action<string, JsonObject, MessageExtras?>? Publisher { get; set; }

    /// <summary>Takes part in conversations of a kind; an earlier registration of that name is replaced.</summary>
    /// <param name="target">The kind, such as <c>jupyter.widget</c>.</param>
    /// <param name="opened">The front end opened one, with this first message. On the shell's thread; an exception closes it again.</param>
    public void Register(string target, Action<Comm, CommMessage> opened) => _targets[target] = opened;

    /// <summary>Takes no part any more in conversations of a kind; open ones go on.</summary>
    public void Unregister(string target) => _targets.TryRemove(target, out _);

    /// <summary>Opens a conversation from this side; from any thread.</summary>
    /// <param name="target">The kind, which the front end must know.</param>
    /// <param name="data">The first data; none where null.</param>
    /// <param name="buffers">Binary data that goes with it; none where null.</param>
    /// <param name="metadata">About the message; none where null.</param>
    public Comm Start(string target, JsonObject? data = null, IReadOnlyList<byte[]>? buffers = null, JsonObject? metadata = null)
    {
        var comm = new Comm(this, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), target);
        _open[comm.Id] = comm;
        Publish("comm_open", new JsonObject { ["comm_id"] = comm.Id, ["target_name"] = target, ["data"] = data?.DeepClone() ?? new JsonObject() }, buffers, metadata);
        return comm;
    }

    internal bool Contains(Comm comm) => _open.ContainsKey(comm.Id);

    internal Comm? Find(string id) => _open.GetValueOrDefault(id);

    internal Comm? Remove(string id) => _open.TryRemove(id, out var comm) ? comm : null;

    /// <summary>The front end opens a conversation.</summary>
    internal void Accept(string id, string target, CommMessage message)
    {
        var comm = new Comm(this, id, target);
        if (!_targets.TryGetValue(target, out var opened))
        {
            Publish("comm_close", new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() }, null, null);
            return;
        }

        _open[id] = comm;
        try
        {
            opened(comm, message);
        }
        catch
        {
            comm.Close();
            throw;
        }
    }

    internal void Publish(string type, JsonObject content, IReadOnlyList<byte[]>? buffers, JsonObject? metadata) =>
        Publisher?.Invoke(type, content, buffers is null && metadata is null ? null : new MessageExtras((JsonObject?)metadata?.DeepClone(), buffers ?? []));
}
