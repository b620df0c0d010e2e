using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>The threads that libtorch computes with.</summary>
public static class Threads
{
    /// <summary>Threads inside one operator. <value>From 1; TorchSharp's default is one unless OMP_NUM_THREADS says otherwise.</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public static int IntraOp
    {
        get => get_num_threads();
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            set_num_threads(value);
        }
    }
}
