namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>Which width of a matrix an initial scale follows.</summary>
            public enum FanInOut
            {
                /// <summary>That of the input: keeps the variance of activations.</summary>
                FanIn,

                /// <summary>That of the result: keeps the variance of gradients.</summary>
                FanOut,
            }

            /// <summary>The function that follows a layer.</summary>
            public enum NonlinearityType
            {
                /// <summary>None.</summary>
                Linear,

                /// <summary>None, after a convolution.</summary>
                Conv1D,

                /// <summary>None, after a convolution.</summary>
                Conv2D,

                /// <summary>None, after a convolution.</summary>
                Conv3D,

                /// <summary>None, after a transposed convolution.</summary>
                ConvTranspose1D,

                /// <summary>None, after a transposed convolution.</summary>
                ConvTranspose2D,

                /// <summary>None, after a transposed convolution.</summary>
                ConvTranspose3D,

                /// <summary>Logistic function.</summary>
                Sigmoid,

                /// <summary>Hyperbolic tangent.</summary>
                Tanh,

                /// <summary>Rectifier.</summary>
                ReLU,

                /// <summary>Rectifier with a slope below zero.</summary>
                LeakyReLU,
            }

            /// <summary>Recommended gain of the initial values before a function (torch.nn.init.calculate_gain).</summary>
            /// <param name="nonlinearity">The function.</param>
            /// <param name="param">Slope below zero of a leaky rectifier.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1,
            };

            /// <summary>Widths of the input and of the result of a weight of shape (out, in, ...).</summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException("Fan in and fan out need a tensor of two or more dimensions.", nameof(tensor));
                long field = shape.Skip(2).Aggregate(1L, (product, length) => product * length);
                return (shape[1] * field, shape[0] * field);
            }
        }
    }
}
