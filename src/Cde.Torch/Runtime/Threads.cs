using TorchSharp;

namespace Cde.Torch;

/// <summary>The threads that libtorch computes with.</summary>
public static class Threads
{
    /// <summary>Threads inside one operator. <value>From 1; the number of CPU cores unless OMP_NUM_THREADS says otherwise.</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public static int IntraOp
    {
        get => NativeMethods.cde_threads(0);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            NativeMethods.Check(NativeMethods.cde_set_threads(0, value));
        }
    }
}
