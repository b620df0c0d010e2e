namespace Cde.Workbench.Models;

/// <summary>The name of the way matrix products are computed here: runs, matrices and results carry it, since rounding depends on it.</summary>
public static class ComputePath
{
    /// <summary>Such as <c>openblas-haswell</c> or <c>torchsharp</c>; fixed for the process.</summary>
    public static string Current =>
#if TORCH_SYSTEM
        Cde.Torch.Native.Path;
#else
        "torchsharp";
#endif

    /// <summary>The same for inference at a precision: with the fused kernels, as <c>openblas:SkylakeX+fused:avx512</c>.</summary>
    public static string Inference(TorchSharp.torch.ScalarType precision) =>
        FusedInference.Kernels(precision) is { } kernels ? $"{Current}+fused:{kernels}" : Current;
}
