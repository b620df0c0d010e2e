using Cde.Torch;
using Cde.Workbench;
using Cde.Workbench.Training.Distributed;

namespace Cde.Kernels.Processes;

/// <summary>The part of a process in a command that several processes share: the ones that <c>--processes</c> starts, or a launcher such as torchrun or Slurm.</summary>
internal static class SharedCommand
{
    /// <summary>Joins the others, does the part, and leaves; does it alone where no launcher set WORLD_SIZE.</summary>
    /// <param name="device">"cpu" or "cuda".</param>
    /// <param name="part">Gets the group, null for this process alone, and the index of this process' GPU.</param>
    /// <param name="cancellation">Stops waiting for the others.</param>
    public static T Run<T>(string device, Func<ProcessGroup?, int, T> part, CancellationToken cancellation)
    {
        if (ProcessEnvironment.Read() is not { } environment)
            return part(null, 0);
        using var group = environment.Join(device == "cuda", null, cancellation);
        return group.Run(() => part(group, environment.LocalRank));
    }

    /// <summary>Whether this command is to start processes itself.</summary>
    /// <exception cref="CdeException">A launcher has started it as one of several.</exception>
    public static bool Starts(int processes)
    {
        if (processes == 1)
            return false;
        return ProcessEnvironment.Read() is not { } environment ? true
            : throw new CdeException($"--processes {processes}: this is rank {environment.Rank} of {environment.Size} processes already (WORLD_SIZE is set); leave the option out, or unset WORLD_SIZE and RANK");
    }
}
