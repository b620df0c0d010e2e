namespace Cde.Torch;

/// <summary>Which process of how many this one is, and where they meet.</summary>
public sealed record ProcessGroupOptions
{
    /// <summary>This process. <value>From 0.</value></summary>
    public required int Rank { get; init; }

    /// <summary>How many processes there are. <value>From 1.</value></summary>
    public required int Size { get; init; }

    /// <summary>The host of rank 0, a name or an address, as all of them reach it.</summary>
    public required string Address { get; init; }

    /// <summary>A free port there. <value>1 to 65535.</value></summary>
    public required int Port { get; init; }

    /// <summary>Whether the store in which they meet is there already, as with torchrun, whose agent holds it; else rank 0 opens it.</summary>
    public bool IsStoreOpen { get; init; }

    /// <summary>Sets their entries in the store apart from those of others.</summary>
    public string Prefix { get; init; } = "cde";

    /// <summary>How long to wait for the others to come. <value>Five minutes.</value></summary>
    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A process that gives no sign of life for so long is lost. <value>One minute; a closed connection is looked into at once.</value></summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The network interface to use, as <c>GLOO_SOCKET_IFNAME</c> says it; null takes the one that leads to <see cref="Address"/>.</summary>
    public string? NetworkInterface { get; init; }

    /// <summary>Whether tensors on this process' GPU take part: over NCCL where the build has it, else through the CPU.</summary>
    public bool UsesCuda { get; init; }
}
