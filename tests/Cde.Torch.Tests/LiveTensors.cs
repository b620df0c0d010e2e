using static TorchSharp.torch;

namespace Cde.Torch.Tests;

/// <summary>Counts tensors of the whole process.</summary>
internal static class LiveTensors
{
    /// <summary>Ends what other tests left to the finalizers, so that it does not end while tensors are counted.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>How many more tensors live after the action than before.</summary>
    public static long LeftBy(Action action)
    {
        Settle();
        long before = Tensor.TotalCount;
        action();
        return Tensor.TotalCount - before;
    }
}
