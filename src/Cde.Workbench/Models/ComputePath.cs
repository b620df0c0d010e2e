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
}
