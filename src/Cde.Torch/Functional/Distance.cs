namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Dot product over one dimension, divided by both lengths.</summary>
            /// <param name="x1">Any shape.</param>
            /// <param name="x2">Broadcastable to it.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="eps">Products of lengths below this count as this.</param>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1E-08) =>
                Op.Call("cosine_similarity", "", x1, x2, dim, eps);

            /// <summary>p-norm of the difference over the last dimension.</summary>
            /// <param name="input1">(N, d) or (d).</param>
            /// <param name="input2">Broadcastable to it.</param>
            /// <param name="p">Exponent of the norm.</param>
            /// <param name="eps">Added to every difference.</param>
            /// <param name="keepdim">Whether the last dimension stays, with length one.</param>
            public static Tensor pairwise_distance(Tensor input1, Tensor input2, double p = 2.0, double eps = 1E-06, bool keepdim = false) =>
                Op.Call("pairwise_distance", "", input1, input2, p, eps, keepdim);
        }
    }
}
