namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values of parameters, written in place outside autograd; each returns the tensor given.</summary>
        public static partial class init
        {
            /// <summary>Fills with zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => Filled(tensor, t => t.zero_());

            /// <summary>Fills with ones.</summary>
            public static Tensor ones_(Tensor tensor) => Filled(tensor, t => t.fill_(1));

            /// <summary>Fills with one value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Filled(tensor, t => t.fill_(val));

            /// <summary>Fills with uniform numbers from <paramref name="low"/> up to <paramref name="high"/>.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0.0, double high = 1.0, Generator? generator = null) =>
                Filled(tensor, t => t.uniform_(low, high, generator));

            /// <summary>Fills with normal numbers.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0.0, double std = 1.0, Generator? generator = null) =>
                Filled(tensor, t => t.normal_(mean, std, generator));

            /// <summary>Fills with normal numbers between <paramref name="a"/> and <paramref name="b"/>.</summary>
            /// <param name="tensor">Any shape.</param>
            /// <param name="mean">Mean before the cut.</param>
            /// <param name="std">Standard deviation before the cut.</param>
            /// <param name="a">Lower bound.</param>
            /// <param name="b">Upper bound.</param>
            /// <param name="generator">Source of the numbers; the global one by default.</param>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                // Inverse of the distribution function on uniform numbers, as torch.nn.init does.
                double low = NormalCdf((a - mean) / std);
                double high = NormalCdf((b - mean) / std);
                return Filled(tensor, t =>
                {
                    t.uniform_(2 * low - 1, 2 * high - 1, generator);
                    t.erfinv_();
                    t.mul_(std * Math.Sqrt(2)).add_(mean);
                    t.clamp_(a, b);
                });
            }

            /// <summary>Uniform numbers that keep the variance of activations and gradients (Glorot and Bengio 2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                double bound = XavierScale(tensor, gain) * Math.Sqrt(3);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal numbers that keep the variance of activations and gradients (Glorot and Bengio 2010).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierScale(tensor, gain));

            /// <summary>Uniform numbers that keep the variance through rectifiers (He et al. 2015).</summary>
            /// <param name="tensor">Two or more dimensions, (out, in, ...).</param>
            /// <param name="a">Slope below zero of a leaky rectifier.</param>
            /// <param name="mode">Which width to follow.</param>
            /// <param name="nonlinearity">The function that follows.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0.0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = KaimingScale(tensor, a, mode, nonlinearity) * Math.Sqrt(3);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal numbers that keep the variance through rectifiers (He et al. 2015).</summary>
            /// <param name="tensor">Two or more dimensions, (out, in, ...).</param>
            /// <param name="a">Slope below zero of a leaky rectifier.</param>
            /// <param name="mode">Which width to follow.</param>
            /// <param name="nonlinearity">The function that follows.</param>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0.0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingScale(tensor, a, mode, nonlinearity));

            private static Tensor Filled(Tensor tensor, Action<Tensor> fill)
            {
                using (no_grad()) fill(tensor);
                return tensor;
            }

            private static double XavierScale(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static double KaimingScale(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            // Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/15 + ...), which converges everywhere; beyond 8 it is 0 or 1 in double precision.
            private static double NormalCdf(double x)
            {
                if (x < -8) return 0;
                if (x > 8) return 1;
                double term = x, sum = x;
                for (int i = 3; Math.Abs(term) > 1e-17; i += 2)
                {
                    term *= x * x / i;
                    sum += term;
                }
                return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
            }
        }
    }
}
