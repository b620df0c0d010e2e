using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>A message for everybody who watches the kernel.</summary>
/// <param name="Type">Its kind, such as <c>display_data</c>.</param>
/// <param name="Parent">The header of the request that it belongs to, as it came; empty where it belongs to none.</param>
/// <param name="Content">Makes what it says, on the publishing thread.</param>
internal sealed record IopubMessage(string Type, byte[] Parent, Func<JsonObject> Content)
{
    /// <summary>What subscribers can choose by; the kind where it is not set.</summary>
    public string Topic { get; init; } = Type;

    /// <summary>What goes with it.</summary>
    public MessageExtras? Extras { get; init; }

    /// <summary>The kernel's state as a request changes it.</summary>
    public static IopubMessage Status(string state, byte[] parent) => new("status", parent, () => new JsonObject { ["execution_state"] = state });
}
