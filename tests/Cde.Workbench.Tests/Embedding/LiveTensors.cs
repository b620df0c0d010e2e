namespace Cde.Workbench.Tests.Embedding;

/// <summary>Counts tensors in the whole process, so such tests run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class LiveTensors
{
    public const string Name = "counts live tensors";

    /// <summary>As <see cref="Count"/>, after what earlier tests left to the finalizers is gone: it must not end while a test counts.</summary>
    public static long Settled
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Count;
        }
    }

    /// <summary>How many tensors the native side holds.</summary>
    public static long Count
    {
        get
        {
#if TORCH_SYSTEM
            return Cde.Torch.Native.LiveTensors;
#else
            return TorchSharp.torch.Tensor.TotalCount;
#endif
        }
    }
}
