using TorchSharp;

namespace Cde.Torch;

/// <summary>The threads that libtorch computes with.</summary>
public static class Threads
{
    private static bool isSet = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 };

    /// <summary>Threads that each take whole texts: <see cref="IntraOp"/> where it was set, else one a core, since libtorch's own default can be half of them.</summary>
    internal static int Whole => isSet ? IntraOp : Environment.ProcessorCount;

    /// <summary>Threads inside one operator. <value>From 1; libtorch's default is the number of CPU cores.</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public static int IntraOp
    {
        get => NativeMethods.cde_threads(0);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            NativeMethods.Check(NativeMethods.cde_set_threads(0, value));
            isSet = true;
        }
    }
}
