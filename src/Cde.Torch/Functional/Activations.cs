using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Rectifier: max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            /// <summary>Gaussian error linear unit through the error function.</summary>
            public static Tensor gelu(Tensor x) => gelu(x, false);

            /// <summary>Gaussian error linear unit through the error function.</summary>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <summary>Gaussian error linear unit: x · Φ(x) (Hendrycks and Gimpel 2016).</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="approximate">How Φ is computed.</param>
            /// <param name="inplace">Whether the input is overwritten.</param>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
            {
                string how = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return inplace ? Op.Mutate("gelu_", "", x, how) : Op.Call("gelu", "", x, how);
            }

            /// <summary>Sigmoid linear unit: x · sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_() : x.silu();

            /// <summary>Hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            /// <summary>Logistic function: 1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <summary>Logistic function: 1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_() : x.sigmoid();

            /// <summary>log(1 + exp(beta x)) / beta, linear above <paramref name="threshold"/>.</summary>
            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => Op.Call("softplus", "", x, beta, threshold);

            /// <summary>Logarithm of the logistic function.</summary>
            public static Tensor logsigmoid(Tensor x) => Op.Call("log_sigmoid", "", x);

            /// <summary>Exponentials divided by their sum over one dimension.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="dim">The dimension whose elements add to one.</param>
            /// <param name="dtype">Type to compute in; that of the input by default.</param>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Op.Call("softmax", "int", input, dim, dtype);

            /// <summary>Logarithm of the softmax over one dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => Op.Call("log_softmax", "int", x, dim);
        }
    }
}
