using static TorchSharp.torch;

namespace Cde.Torch.Tests;

/// <summary>Counts tensors of the whole process, so what uses it runs alone.</summary>
[CollectionDefinition(nameof(LiveTensors), DisableParallelization = true)]
public sealed class LiveTensors
{
    /// <summary>How many more tensors live after the action than before.</summary>
    public static long LeftBy(Action action)
    {
        Settle();
        long before = Tensor.TotalCount;
        action();
        return Tensor.TotalCount - before;
    }

    // What other tests left to the finalizers must not end while the action runs.
    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
