using System.Globalization;
using Cde.Torch;

namespace Cde.Workbench.Training.Distributed;

/// <summary>
/// Which process of how many this one is, as <c>torchrun</c>, Slurm's and Kubernetes' launchers tell it: <c>RANK</c>, <c>WORLD_SIZE</c>, <c>MASTER_ADDR</c>,
/// <c>MASTER_PORT</c> and, for the GPU, <c>LOCAL_RANK</c>.
/// </summary>
/// <param name="Rank">This process, from 0.</param>
/// <param name="Size">How many there are.</param>
/// <param name="LocalRank">Which of those on this host: the GPU it takes.</param>
/// <param name="Address">The host of rank 0.</param>
/// <param name="Port">A port there.</param>
public sealed record ProcessEnvironment(int Rank, int Size, int LocalRank, string Address, int Port)
{
    /// <summary>Whether the launcher holds the store in which the processes meet, as torchrun's agent does.</summary>
    public bool IsStoreOpen { get; init; }

    /// <summary>Sets this start of the processes apart from an earlier one.</summary>
    public string Prefix { get; init; } = "cde";

    /// <summary>The network interface to use; null for the one that leads to <see cref="Address"/>.</summary>
    public string? NetworkInterface { get; init; }

    /// <summary>Reads the variables.</summary>
    /// <returns>Null where this process is alone: <c>WORLD_SIZE</c> is not set, or 1.</returns>
    /// <exception cref="CdeException">A variable is missing or has no such value; the message names it.</exception>
    public static ProcessEnvironment? Read() => Read(Environment.GetEnvironmentVariable);

    /// <summary>As <see cref="Read()"/>, from other variables than the process' own.</summary>
    public static ProcessEnvironment? Read(Func<string, string?> variable)
    {
        if (Text("WORLD_SIZE") is null)
            return Text("RANK") is { } rank ? throw new CdeException($"RANK is {rank}, but WORLD_SIZE is not set: set it to the number of processes, or unset RANK to train with one") : null;
        var size = Number("WORLD_SIZE", 1, 1_000_000);
        if (size == 1)
            return null;
        return new ProcessEnvironment(Number("RANK", 0, size - 1), size, Number("LOCAL_RANK", 0, size - 1, 0), Needed("MASTER_ADDR"), Number("MASTER_PORT", 1, ushort.MaxValue))
        {
            IsStoreOpen = Text("TORCHELASTIC_USE_AGENT_STORE") is "True" or "1",
            Prefix = "cde/" + (Text("TORCHELASTIC_RESTART_COUNT") ?? "0"),
            NetworkInterface = Text("GLOO_SOCKET_IFNAME"),
        };

        string? Text(string name) => variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        string Needed(string name) => Text(name) ?? throw new CdeException(
            $"{name} is not set, and WORLD_SIZE is {Text("WORLD_SIZE")}: several processes need RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT; unset WORLD_SIZE to train with one");

        int Number(string name, int least, int most, int? otherwise = null)
        {
            if (otherwise is { } value && Text(name) is null)
                return value;
            return int.TryParse(Needed(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new CdeException($"{name} is {Needed(name)}, expected a whole number from {least} to {most}{(name == "RANK" ? $" (WORLD_SIZE is {Text("WORLD_SIZE")})" : "")}");
        }
    }

    /// <summary>Waits for the other processes, and connects to them.</summary>
    /// <param name="usesCuda">Whether tensors on GPUs travel.</param>
    /// <param name="timeout">How long to wait for the others; null for five minutes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="CdeException">One did not come, the address is wrong, or libtorch has no collectives.</exception>
    public ProcessGroup Join(bool usesCuda, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var options = new ProcessGroupOptions
        {
            Rank = Rank,
            Size = Size,
            Address = Address,
            Port = Port,
            IsStoreOpen = IsStoreOpen,
            Prefix = Prefix,
            NetworkInterface = NetworkInterface,
            UsesCuda = usesCuda,
        };
        try
        {
            return ProcessGroup.Join(timeout is { } time ? options with { JoinTimeout = time } : options, cancellationToken);
        }
        catch (Exception error) when (error is CollectiveException or NotSupportedException)
        {
            throw new CdeException(error.Message, error);
        }
    }
}
