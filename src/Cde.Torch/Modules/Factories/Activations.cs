using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Makes a rectifier.</summary>
        /// <param name="inplace">Whether the input is overwritten.</param>
        public static ReLU ReLU(bool inplace = false) => new(inplace);

        /// <summary>Makes a Gaussian error linear unit.</summary>
        public static GELU GELU() => new(Modules.GELU.Approximate.none, false);

        /// <summary>Makes a Gaussian error linear unit.</summary>
        /// <param name="inplace">Whether the input is overwritten.</param>
        public static GELU GELU(bool inplace) => new(Modules.GELU.Approximate.none, inplace);

        /// <summary>Makes a Gaussian error linear unit.</summary>
        /// <param name="approximate">How Φ is computed.</param>
        /// <param name="inplace">Whether the input is overwritten.</param>
        public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);

        /// <summary>Makes a sigmoid linear unit.</summary>
        public static SiLU SiLU() => new(false);

        /// <summary>Makes a sigmoid linear unit.</summary>
        /// <param name="inplace">Whether the input is overwritten.</param>
        public static SiLU SiLU(bool inplace) => new(inplace);

        /// <summary>Makes a hyperbolic tangent.</summary>
        public static Tanh Tanh() => new(false);

        /// <summary>Makes a hyperbolic tangent.</summary>
        /// <param name="inplace">Whether the input is overwritten.</param>
        public static Tanh Tanh(bool inplace = false) => new(inplace);

        /// <summary>Makes a logistic function.</summary>
        public static Sigmoid Sigmoid() => new(false);

        /// <summary>Makes a logistic function.</summary>
        /// <param name="inplace">Whether the input is overwritten.</param>
        public static Sigmoid Sigmoid(bool inplace) => new(inplace);

        /// <summary>Makes a softmax.</summary>
        /// <param name="dim">The dimension whose elements add to one.</param>
        public static Softmax Softmax(long dim) => new(dim);

        /// <summary>Makes the logarithm of a softmax.</summary>
        /// <param name="dim">The dimension whose exponentials add to one.</param>
        public static LogSoftmax LogSoftmax(long dim) => new(dim);

        /// <summary>Makes a module that returns its input.</summary>
        public static Identity Identity() => new();

        /// <summary>Makes a dropout.</summary>
        /// <param name="p">Probability of a zero, from 0 to 1.</param>
        /// <param name="inplace">Whether the input is overwritten.</param>
        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
    }
}
