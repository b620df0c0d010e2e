using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>
/// Processes that compute together, over the collectives of libtorch's c10d: Gloo for tensors of the CPU, NCCL for those of GPUs where the build has it. Every process
/// calls the same members in the same order, one at a time; a process that is lost is named to those that wait for it.
/// </summary>
public sealed class ProcessGroup : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.2);

    private readonly NativeStore store;
    private readonly NativeGroup group;
    private readonly SignsOfLife life;
    private bool hasLeft;
    private bool isStuck;

    private ProcessGroup(ProcessGroupOptions options, NativeStore store, NativeGroup group)
    {
        (Rank, Size, this.store, this.group) = (options.Rank, options.Size, store, group);
        life = new SignsOfLife(store, options);
    }

    /// <summary>What the library can connect processes with: "gloo", "gloo,nccl"; empty where it cannot.</summary>
    public static string Backends => NativeStore.Backends;

    /// <summary>This process, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many there are.</summary>
    public int Size { get; }

    /// <summary>Waits until all processes are there, and connects them.</summary>
    /// <exception cref="CollectiveException">One did not come in time, or the port cannot be used.</exception>
    /// <exception cref="NotSupportedException">The library has no collectives: TorchSharp's packages have none.</exception>
    public static ProcessGroup Join(ProcessGroupOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Rank, options.Size);
        if (Backends.Length == 0)
            throw new NotSupportedException("several processes cannot work together with this libtorch: it has no Gloo; build with TorchBackend=system over a libtorch that has (Debian's libtorch-dev does)");
        var (store, group) = Rendezvous.Meet(options, cancellationToken);
        return new ProcessGroup(options, store, group);
    }

    /// <summary>Puts the sum over all processes in the place of each one's values. All get the same bits.</summary>
    /// <param name="values">Of the same shape and type everywhere.</param>
    /// <exception cref="CollectiveException">A process is lost or has stopped.</exception>
    public void AllReduce(Tensor values)
    {
        if (Size == 1 || values.numel() == 0)
            return;
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        InPlace(values, sent => Run(Collective.AllReduce, sent));
    }

    /// <summary>The rows of all processes, in the order of their ranks: (n_r, ...) -> (sum of n_r, ...).</summary>
    /// <param name="rows">This process' rows; those of others may be more or fewer, of the same width and type.</param>
    /// <param name="counts">n_r of every rank, where all know them; else they are asked for.</param>
    /// <exception cref="CollectiveException">A process is lost or has stopped.</exception>
    public Tensor AllGather(Tensor rows, IReadOnlyList<long>? counts = null)
    {
        using var mode = no_grad();
        if (Size == 1)
            return rows.detach().clone();
        using var scope = NewDisposeScope();
        counts ??= Counts(rows.size(0));
        var most = counts.Max();
        var sent = Sendable(rows);
        if (most == 0)
            return rows.detach().clone().MoveToOuterDisposeScope();
        var padded = zeros([most, .. rows.shape[1..]], dtype: sent.dtype, device: sent.device);
        padded.narrow(0, 0, rows.size(0)).copy_(sent);
        var all = empty([Size, .. padded.shape], dtype: sent.dtype, device: sent.device);
        Run(Collective.AllGather, padded, all);
        var parts = counts.Select((count, rank) => all[rank].narrow(0, 0, count)).ToArray();
        return cat(parts, 0).to(rows.dtype).to(rows.device).MoveToOuterDisposeScope();
    }

    /// <summary>Puts one process' values in the place of everyone's.</summary>
    /// <param name="values">Of the same shape and type everywhere.</param>
    /// <param name="root">Whose.</param>
    /// <exception cref="CollectiveException">A process is lost or has stopped.</exception>
    public void Broadcast(Tensor values, int root = 0)
    {
        if (Size == 1 || values.numel() == 0)
            return;
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        InPlace(values, sent => Run(Collective.Broadcast, sent, root: root));
    }

    /// <summary>Waits until all processes have come here.</summary>
    /// <exception cref="CollectiveException">A process is lost or has stopped.</exception>
    public void Barrier()
    {
        if (Size > 1)
            Run(Collective.Barrier, null);
    }

    /// <summary>Leaves the others. At a regular end call <see cref="Barrier"/> first; else say why, and the others stop with that message.</summary>
    /// <param name="reason">One line; null for a regular end.</param>
    public void Leave(string? reason = null)
    {
        if (hasLeft)
            return;
        hasLeft = true;
        life.Leave(reason ?? "");
    }

    /// <summary>Leaves, where <see cref="Leave"/> was not called, and closes the connections.</summary>
    public void Dispose()
    {
        Leave();
        life.Dispose();
        if (isStuck)
            return; // the collective that will never end still uses the connections
        group.Close();
        store.Dispose();
    }

    private long[] Counts(long own)
    {
        using var scope = NewDisposeScope();
        var counts = zeros([Size], dtype: ScalarType.Int64);
        counts[Rank] = own;
        AllReduce(counts);
        return counts.data<long>().ToArray();
    }

    private void InPlace(Tensor values, Action<Tensor> run)
    {
        var sent = Sendable(values);
        run(sent);
        if (sent.dtype != values.dtype || sent.device_type != values.device_type || !values.is_contiguous())
            values.copy_(sent); // else both are the same memory
    }

    /// <summary>The values as a collective takes them: contiguous, of a type that Gloo knows, and on the CPU where NCCL is missing.</summary>
    private Tensor Sendable(Tensor values)
    {
        var sent = values.detach();
        if (sent.device_type != DeviceType.CPU && !group.TakesCuda)
            sent = sent.cpu();
        if (sent.dtype is ScalarType.BFloat16 or ScalarType.Float16)
            sent = sent.to(ScalarType.Float32);
        else if (sent.dtype is ScalarType.Bool)
            sent = sent.to(ScalarType.Byte);
        return sent.contiguous();
    }

    private void Run(Collective kind, Tensor? values, Tensor? gathered = null, int root = 0)
    {
        ObjectDisposedException.ThrowIf(hasLeft, this);
        if (isStuck)
            throw life.Trouble() ?? new CollectiveException("an earlier collective did not end", []);
        try
        {
            var work = group.Start(kind, values, gathered, root);
            while (!work.Wait(Look))
            {
                if (life.Trouble() is { } trouble)
                {
                    isStuck = true;
                    throw trouble;
                }
            }

            work.Release();
        }
        catch (ExternalException error)
        {
            isStuck = true;
            throw life.Explain(error);
        }
    }
}
