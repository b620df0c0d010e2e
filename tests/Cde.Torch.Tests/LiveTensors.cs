using static TorchSharp.torch;

namespace Cde.Torch.Tests;

/// <summary>Counts tensors of the whole process.</summary>
internal static class LiveTensors
{
    /// <summary>How many more tensors live after the action than before.</summary>
    public static long LeftBy(Action action)
    {
        // What other tests left to the finalizers must not end while the action runs.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        action();
        return Tensor.TotalCount - before;
    }
}
