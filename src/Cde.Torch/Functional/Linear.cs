namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The computations of the layers as plain functions.</summary>
        public static partial class functional
        {
            /// <summary>Affine map of the last dimension: <c>x Wᵀ + b</c>, (..., in) -> (..., out).</summary>
            /// <param name="input">(..., in).</param>
            /// <param name="weights">The matrix, (out, in).</param>
            /// <param name="bias">The offset, (out).</param>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Op.Call("linear", "", input, weights, bias);
        }
    }
}
