namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>One where the class is, zero elsewhere: int64 (...) -> int64 (..., classes).</summary>
            /// <param name="x">Class numbers, int64.</param>
            /// <param name="num_classes">Number of classes; one more than the largest number by default.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Op.Call("one_hot", "", x, num_classes);
        }
    }
}
