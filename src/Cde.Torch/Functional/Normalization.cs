namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Normalises the last dimensions to mean 0 and variance 1, then scales and shifts them (Ba et al. 2016).</summary>
            /// <param name="input">(..., *normalized_shape).</param>
            /// <param name="normalized_shape">Lengths of the last dimensions.</param>
            /// <param name="weight">The scale, of that shape.</param>
            /// <param name="bias">The shift, of that shape.</param>
            /// <param name="eps">Added to the variance before the root.</param>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1E-05) =>
                Op.Call("layer_norm", "", input, normalized_shape, weight, bias, eps);

            /// <summary>Divides by the p-norm over one dimension.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">Exponent of the norm.</param>
            /// <param name="dim">The dimension.</param>
            /// <param name="eps">Norms below this count as this.</param>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1E-12)
            {
                using var norm = Op.Call("norm", "ScalarOpt_dim", input, p, new[] { dim }, true);
                using var bounded = norm.clamp_min(eps);
                return input / bounded;
            }
        }
    }
}
