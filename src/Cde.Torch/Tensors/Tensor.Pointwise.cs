namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Absolute values.</summary>
        public Tensor abs() => Op.Call("abs", "", this);

        /// <summary>Absolute values, in place.</summary>
        public Tensor abs_() => Op.Mutate("abs_", "", this);

        /// <summary>Absolute values.</summary>
        public Tensor absolute() => Op.Call("absolute", "", this);

        /// <summary>Absolute values, in place.</summary>
        public Tensor absolute_() => Op.Mutate("absolute_", "", this);

        /// <summary>Elements with their sign changed.</summary>
        public Tensor neg() => Op.Call("neg", "", this);

        /// <summary>Elements with their sign changed, in place.</summary>
        public Tensor neg_() => Op.Mutate("neg_", "", this);

        /// <summary>Elements with their sign changed.</summary>
        public Tensor negative() => Op.Call("negative", "", this);

        /// <summary>The tensor itself.</summary>
        public Tensor positive() => Op.Call("positive", "", this);

        /// <summary>-1, 0 or 1 by the sign of each element.</summary>
        public Tensor sign() => Op.Call("sign", "", this);

        /// <summary>-1, 0 or 1 by the sign of each element, in place.</summary>
        public Tensor sign_() => Op.Mutate("sign_", "", this);

        /// <summary>The sign of each element; a unit number where they are complex.</summary>
        public Tensor sgn() => Op.Call("sgn", "", this);

        /// <summary>The sign of each element; a unit number where they are complex, in place.</summary>
        public Tensor sgn_() => Op.Mutate("sgn_", "", this);

        /// <summary>Whether each element's sign bit is set.</summary>
        public Tensor signbit() => Op.Call("signbit", "", this);

        /// <summary>1 / x.</summary>
        public Tensor reciprocal() => Op.Call("reciprocal", "", this);

        /// <summary>1 / x, in place.</summary>
        public Tensor reciprocal_() => Op.Mutate("reciprocal_", "", this);

        /// <summary>x squared.</summary>
        public Tensor square() => Op.Call("square", "", this);

        /// <summary>Square roots.</summary>
        public Tensor sqrt() => Op.Call("sqrt", "", this);

        /// <summary>Square roots, in place.</summary>
        public Tensor sqrt_() => Op.Mutate("sqrt_", "", this);

        /// <summary>1 / square root of x.</summary>
        public Tensor rsqrt() => Op.Call("rsqrt", "", this);

        /// <summary>1 / square root of x, in place.</summary>
        public Tensor rsqrt_() => Op.Mutate("rsqrt_", "", this);

        /// <summary>e to the power x.</summary>
        public Tensor exp() => Op.Call("exp", "", this);

        /// <summary>e to the power x, in place.</summary>
        public Tensor exp_() => Op.Mutate("exp_", "", this);

        /// <summary>2 to the power x.</summary>
        public Tensor exp2() => Op.Call("exp2", "", this);

        /// <summary>2 to the power x, in place.</summary>
        public Tensor exp2_() => Op.Mutate("exp2_", "", this);

        /// <summary>e to the power x, less 1, exact near 0.</summary>
        public Tensor expm1() => Op.Call("expm1", "", this);

        /// <summary>e to the power x, less 1, exact near 0, in place.</summary>
        public Tensor expm1_() => Op.Mutate("expm1_", "", this);

        /// <summary>Natural logarithms.</summary>
        public Tensor log() => Op.Call("log", "", this);

        /// <summary>Natural logarithms, in place.</summary>
        public Tensor log_() => Op.Mutate("log_", "", this);

        /// <summary>Logarithms to base 2.</summary>
        public Tensor log2() => Op.Call("log2", "", this);

        /// <summary>Logarithms to base 2, in place.</summary>
        public Tensor log2_() => Op.Mutate("log2_", "", this);

        /// <summary>Logarithms to base 10.</summary>
        public Tensor log10() => Op.Call("log10", "", this);

        /// <summary>Logarithms to base 10, in place.</summary>
        public Tensor log10_() => Op.Mutate("log10_", "", this);

        /// <summary>Natural logarithms of 1 + x, exact near 0.</summary>
        public Tensor log1p() => Op.Call("log1p", "", this);

        /// <summary>Natural logarithms of 1 + x, exact near 0, in place.</summary>
        public Tensor log1p_() => Op.Mutate("log1p_", "", this);

        /// <summary>The largest whole number not above each element.</summary>
        public Tensor floor() => Op.Call("floor", "", this);

        /// <summary>The largest whole number not above each element, in place.</summary>
        public Tensor floor_() => Op.Mutate("floor_", "", this);

        /// <summary>The smallest whole number not below each element.</summary>
        public Tensor ceil() => Op.Call("ceil", "", this);

        /// <summary>The smallest whole number not below each element, in place.</summary>
        public Tensor ceil_() => Op.Mutate("ceil_", "", this);

        /// <summary>The whole part of each element.</summary>
        public Tensor trunc() => Op.Call("trunc", "", this);

        /// <summary>The whole part of each element, in place.</summary>
        public Tensor trunc_() => Op.Mutate("trunc_", "", this);

        /// <summary>The whole part of each element.</summary>
        public Tensor fix() => Op.Call("fix", "", this);

        /// <summary>The whole part of each element, in place.</summary>
        public Tensor fix_() => Op.Mutate("fix_", "", this);

        /// <summary>The part of each element after the point.</summary>
        public Tensor frac() => Op.Call("frac", "", this);

        /// <summary>The part of each element after the point, in place.</summary>
        public Tensor frac_() => Op.Mutate("frac_", "", this);

        /// <summary>The nearest value with a number of decimals, ties to even.</summary>
        public Tensor round(long decimals = 0) => Op.Call("round", "decimals", this, decimals);

        /// <summary>The nearest value with a number of decimals, ties to even, in place.</summary>
        public Tensor round_(long decimals = 0) => Op.Mutate("round_", "decimals", this, decimals);

        /// <summary>Elements with not-a-number and the infinities replaced.</summary>
        public Tensor nan_to_num(double nan = 0.0, double? posinf = null, double? neginf = null) =>
            Op.Call("nan_to_num", "", this, nan, posinf, neginf);

        /// <summary>Elements with not-a-number and the infinities replaced, in place.</summary>
        public Tensor nan_to_num_(double nan = 0.0, double? posinf = null, double? neginf = null) =>
            Op.Mutate("nan_to_num_", "", this, nan, posinf, neginf);

        /// <summary>Elements limited to a range; null leaves a side open.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.Call("clamp", "", this, min, max);

        /// <summary>Elements limited to a range; null leaves a side open.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.Call("clamp", "Tensor", this, min, max);

        /// <summary>Elements limited to a range; null leaves a side open, in place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.Mutate("clamp_", "", this, min, max);

        /// <summary>Elements limited to a range; null leaves a side open, in place.</summary>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Op.Mutate("clamp_", "Tensor", this, min, max);

        /// <summary>Elements raised to a minimum.</summary>
        public Tensor clamp_min(Scalar min) => Op.Call("clamp_min", "", this, min);

        /// <summary>Elements raised to a minimum, in place.</summary>
        public Tensor clamp_min_(Scalar min) => Op.Mutate("clamp_min_", "", this, min);

        /// <summary>Elements lowered to a maximum.</summary>
        public Tensor clamp_max(Scalar max) => Op.Call("clamp_max", "", this, max);

        /// <summary>Elements lowered to a maximum, in place.</summary>
        public Tensor clamp_max_(Scalar max) => Op.Mutate("clamp_max_", "", this, max);

        /// <summary>Elements limited to a range; null leaves a side open.</summary>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => Op.Call("clip", "", this, min, max);

        /// <summary>The error function.</summary>
        public Tensor erf() => Op.Call("erf", "", this);

        /// <summary>The error function, in place.</summary>
        public Tensor erf_() => Op.Mutate("erf_", "", this);

        /// <summary>1 less the error function.</summary>
        public Tensor erfc() => Op.Call("erfc", "", this);

        /// <summary>1 less the error function, in place.</summary>
        public Tensor erfc_() => Op.Mutate("erfc_", "", this);

        /// <summary>The inverse of the error function.</summary>
        public Tensor erfinv() => Op.Call("erfinv", "", this);

        /// <summary>The inverse of the error function, in place.</summary>
        public Tensor erfinv_() => Op.Mutate("erfinv_", "", this);

        /// <summary>The logarithm of the gamma function's absolute value.</summary>
        public Tensor lgamma() => Op.Call("lgamma", "", this);

        /// <summary>The logarithm of the gamma function's absolute value, in place.</summary>
        public Tensor lgamma_() => Op.Mutate("lgamma_", "", this);

        /// <summary>The derivative of the gamma function's logarithm.</summary>
        public Tensor digamma() => Op.Call("digamma", "", this);

        /// <summary>The derivative of the gamma function's logarithm, in place.</summary>
        public Tensor digamma_() => Op.Mutate("digamma_", "", this);

        /// <summary>sin(pi x) / (pi x).</summary>
        public Tensor sinc() => Op.Call("sinc", "", this);

        /// <summary>sin(pi x) / (pi x), in place.</summary>
        public Tensor sinc_() => Op.Mutate("sinc_", "", this);

        /// <summary>The modified Bessel function of the first kind, order 0.</summary>
        public Tensor i0() => Op.Call("i0", "", this);

        /// <summary>The modified Bessel function of the first kind, order 0, in place.</summary>
        public Tensor i0_() => Op.Mutate("i0_", "", this);

        /// <summary>log(x / (1 - x)); eps limits x to [eps, 1 - eps].</summary>
        public Tensor logit(double? eps = null) => Op.Call("logit", "", this, eps);

        /// <summary>log(x / (1 - x)); eps limits x to [eps, 1 - eps], in place.</summary>
        public Tensor logit_(double? eps = null) => Op.Mutate("logit_", "", this, eps);

        /// <summary>Degrees to radians.</summary>
        public Tensor deg2rad() => Op.Call("deg2rad", "", this);

        /// <summary>Degrees to radians, in place.</summary>
        public Tensor deg2rad_() => Op.Mutate("deg2rad_", "", this);

        /// <summary>Radians to degrees.</summary>
        public Tensor rad2deg() => Op.Call("rad2deg", "", this);

        /// <summary>Radians to degrees, in place.</summary>
        public Tensor rad2deg_() => Op.Mutate("rad2deg_", "", this);

        /// <summary>The angle of each element in the complex plane.</summary>
        public Tensor angle() => Op.Call("angle", "", this);

        /// <summary>Complex conjugates.</summary>
        public Tensor conj() => Op.Call("conj", "", this);
    }
}
