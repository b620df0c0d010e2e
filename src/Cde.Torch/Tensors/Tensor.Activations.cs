namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Op.Call("relu", "", this);

        /// <summary>max(x, 0), in place.</summary>
        public Tensor relu_() => Op.Mutate("relu_", "", this);

        /// <summary>min(max(x, 0), 6).</summary>
        public Tensor relu6() => Op.Call("relu6", "", this);

        /// <summary>min(max(x, 0), 6), in place.</summary>
        public Tensor relu6_() => Op.Mutate("relu6_", "", this);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Op.Call("sigmoid", "", this);

        /// <summary>1 / (1 + exp(-x)), in place.</summary>
        public Tensor sigmoid_() => Op.Mutate("sigmoid_", "", this);

        /// <summary>The logarithm of the sigmoid.</summary>
        public Tensor log_sigmoid() => Op.Call("log_sigmoid", "", this);

        /// <summary>x times its sigmoid.</summary>
        public Tensor silu() => Op.Call("silu", "", this);

        /// <summary>x times its sigmoid, in place.</summary>
        public Tensor silu_() => Op.Mutate("silu_", "", this);

        /// <summary>x times the normal distribution's cumulative probability at x.</summary>
        public Tensor gelu() => Op.Call("gelu", "", this);

        /// <summary>x times the normal distribution's cumulative probability at x, in place.</summary>
        public Tensor gelu_() => Op.Mutate("gelu_", "", this);

        /// <summary>x where positive, else alpha (exp(x) - 1).</summary>
        public Tensor elu(double alpha = 1.0) => Op.Call("elu", "", this, alpha);

        /// <summary>x where positive, else alpha (exp(x) - 1).</summary>
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Op.Call("elu", "", this, alpha, scale, input_scale);

        /// <summary>x where positive, else alpha (exp(x) - 1), in place.</summary>
        public Tensor elu_(double alpha = 1.0) => Op.Mutate("elu_", "", this, alpha);

        /// <summary>x where positive, else alpha (exp(x) - 1), in place.</summary>
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Op.Mutate("elu_", "", this, alpha, scale, input_scale);

        /// <summary>x where positive, else alpha (exp(x / alpha) - 1).</summary>
        public Tensor celu() => Op.Call("celu", "", this);

        /// <summary>x where positive, else alpha (exp(x / alpha) - 1).</summary>
        public Tensor celu(Scalar alpha) => Op.Call("celu", "", this, alpha);

        /// <summary>x where positive, else alpha (exp(x / alpha) - 1), in place.</summary>
        public Tensor celu_() => Op.Mutate("celu_", "", this);

        /// <summary>x where positive, else alpha (exp(x / alpha) - 1), in place.</summary>
        public Tensor celu_(Scalar alpha) => Op.Mutate("celu_", "", this, alpha);

        /// <summary>The scaled exponential linear unit.</summary>
        public Tensor selu() => Op.Call("selu", "", this);

        /// <summary>The scaled exponential linear unit, in place.</summary>
        public Tensor selu_() => Op.Mutate("selu_", "", this);

        /// <summary>x where positive, else x times a small slope.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Op.Call("leaky_relu", "", this, negative_slope);

        /// <summary>x where positive, else x times a small slope, in place.</summary>
        public Tensor leaky_relu_(Scalar negative_slope) => Op.Mutate("leaky_relu_", "", this, negative_slope);

        /// <summary>Elements limited to a range.</summary>
        public Tensor hardtanh(Scalar min, Scalar max) => Op.Call("hardtanh", "", this, min, max);

        /// <summary>Elements limited to a range, in place.</summary>
        public Tensor hardtanh_(Scalar min, Scalar max) => Op.Mutate("hardtanh_", "", this, min, max);

        /// <summary>x relu6(x + 3) / 6.</summary>
        public Tensor hardswish() => Op.Call("hardswish", "", this);

        /// <summary>x relu6(x + 3) / 6, in place.</summary>
        public Tensor hardswish_() => Op.Mutate("hardswish_", "", this);

        /// <summary>relu6(x + 3) / 6.</summary>
        public Tensor hardsigmoid() => Op.Call("hardsigmoid", "", this);

        /// <summary>relu6(x + 3) / 6, in place.</summary>
        public Tensor hardsigmoid_() => Op.Mutate("hardsigmoid_", "", this);

        /// <summary>log(1 + exp(beta x)) / beta, linear above the threshold.</summary>
        public Tensor softplus(double beta = 1.0, double threshold = 20.0) => Op.Call("softplus", "", this, beta, threshold);

        /// <summary>x where above the threshold, else the value.</summary>
        public Tensor threshold(Scalar threshold, Scalar value) => Op.Call("threshold", "", this, threshold, value);

        /// <summary>x where above the threshold, else the value, in place.</summary>
        public Tensor threshold_(Scalar threshold, Scalar value) => Op.Mutate("threshold_", "", this, threshold, value);

        /// <summary>The first half of a dimension times the sigmoid of the second.</summary>
        public Tensor glu(long dim = -1) => Op.Call("glu", "", this, dim);

        /// <summary>x where positive, else x times a learned slope.</summary>
        public Tensor prelu(Tensor target) => Op.Call("prelu", "", this, target);

        /// <summary>Exponentials along a dimension, divided by their sum.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.Call("softmax", "int", this, dim, dtype);

        /// <summary>Logarithms of the softmax along a dimension.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.Call("log_softmax", "int", this, dim, dtype);
    }
}
