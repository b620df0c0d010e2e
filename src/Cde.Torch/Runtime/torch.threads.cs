namespace TorchSharp;

public static partial class torch
{
    /// <summary>How many threads one operator uses.</summary>
    public static int get_num_threads() => NativeMethods.cde_threads(0);

    /// <summary>Sets how many threads one operator uses.</summary>
    public static void set_num_threads(int num) => Cde.Torch.Threads.IntraOp = num;

    /// <summary>How many operators may run at once.</summary>
    public static int get_num_interop_threads() => NativeMethods.cde_threads(1);

    /// <summary>Sets how many operators may run at once; only before the first runs.</summary>
    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.cde_set_threads(1, num));
}
