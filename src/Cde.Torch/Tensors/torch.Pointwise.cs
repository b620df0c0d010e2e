namespace TorchSharp;

public static partial class torch
{
    /// <summary>Absolute values.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>Absolute values, in place.</summary>
    public static Tensor abs_(Tensor input) => input.abs_();

    /// <summary>Absolute values.</summary>
    public static Tensor absolute(Tensor input) => input.absolute();

    /// <summary>Absolute values, in place.</summary>
    public static Tensor absolute_(Tensor input) => input.absolute_();

    /// <summary>Elements with their sign changed.</summary>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>Elements with their sign changed, in place.</summary>
    public static Tensor neg_(Tensor input) => input.neg_();

    /// <summary>Elements with their sign changed.</summary>
    public static Tensor negative(Tensor input) => input.negative();

    /// <summary>The tensor itself.</summary>
    public static Tensor positive(Tensor input) => input.positive();

    /// <summary>-1, 0 or 1 by the sign of each element.</summary>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>-1, 0 or 1 by the sign of each element, in place.</summary>
    public static Tensor sign_(Tensor input) => input.sign_();

    /// <summary>The sign of each element; a unit number where they are complex.</summary>
    public static Tensor sgn(Tensor input) => input.sgn();

    /// <summary>The sign of each element; a unit number where they are complex, in place.</summary>
    public static Tensor sgn_(Tensor input) => input.sgn_();

    /// <summary>Whether each element's sign bit is set.</summary>
    public static Tensor signbit(Tensor input) => input.signbit();

    /// <summary>1 / x.</summary>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>1 / x, in place.</summary>
    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    /// <summary>x squared.</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>Square roots.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>Square roots, in place.</summary>
    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    /// <summary>1 / square root of x.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>1 / square root of x, in place.</summary>
    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    /// <summary>e to the power x.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>e to the power x, in place.</summary>
    public static Tensor exp_(Tensor input) => input.exp_();

    /// <summary>2 to the power x.</summary>
    public static Tensor exp2(Tensor input) => input.exp2();

    /// <summary>2 to the power x, in place.</summary>
    public static Tensor exp2_(Tensor input) => input.exp2_();

    /// <summary>e to the power x, less 1, exact near 0.</summary>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>e to the power x, less 1, exact near 0, in place.</summary>
    public static Tensor expm1_(Tensor input) => input.expm1_();

    /// <summary>Natural logarithms.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>Natural logarithms, in place.</summary>
    public static Tensor log_(Tensor input) => input.log_();

    /// <summary>Logarithms to base 2.</summary>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>Logarithms to base 2, in place.</summary>
    public static Tensor log2_(Tensor input) => input.log2_();

    /// <summary>Logarithms to base 10.</summary>
    public static Tensor log10(Tensor input) => input.log10();

    /// <summary>Logarithms to base 10, in place.</summary>
    public static Tensor log10_(Tensor input) => input.log10_();

    /// <summary>Natural logarithms of 1 + x, exact near 0.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>Natural logarithms of 1 + x, exact near 0, in place.</summary>
    public static Tensor log1p_(Tensor input) => input.log1p_();

    /// <summary>The largest whole number not above each element.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>The largest whole number not above each element, in place.</summary>
    public static Tensor floor_(Tensor input) => input.floor_();

    /// <summary>The smallest whole number not below each element.</summary>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>The smallest whole number not below each element, in place.</summary>
    public static Tensor ceil_(Tensor input) => input.ceil_();

    /// <summary>The whole part of each element.</summary>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <summary>The whole part of each element, in place.</summary>
    public static Tensor trunc_(Tensor input) => input.trunc_();

    /// <summary>The whole part of each element.</summary>
    public static Tensor fix(Tensor input) => input.fix();

    /// <summary>The whole part of each element, in place.</summary>
    public static Tensor fix_(Tensor input) => input.fix_();

    /// <summary>The part of each element after the point.</summary>
    public static Tensor frac(Tensor input) => input.frac();

    /// <summary>The part of each element after the point, in place.</summary>
    public static Tensor frac_(Tensor input) => input.frac_();

    /// <summary>The nearest value with a number of decimals, ties to even.</summary>
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    /// <summary>The nearest value with a number of decimals, ties to even, in place.</summary>
    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    /// <summary>Elements with not-a-number and the infinities replaced.</summary>
    public static Tensor nan_to_num(Tensor input, double nan = 0.0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    /// <summary>Elements with not-a-number and the infinities replaced, in place.</summary>
    public static Tensor nan_to_num_(Tensor input, double nan = 0.0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num_(nan, posinf, neginf);

    /// <summary>Elements limited to a range; null leaves a side open.</summary>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <summary>Elements limited to a range; null leaves a side open.</summary>
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    /// <summary>Elements limited to a range; null leaves a side open, in place.</summary>
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);

    /// <summary>Elements limited to a range; null leaves a side open, in place.</summary>
    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);

    /// <summary>Elements raised to a minimum.</summary>
    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);

    /// <summary>Elements raised to a minimum, in place.</summary>
    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);

    /// <summary>Elements lowered to a maximum.</summary>
    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);

    /// <summary>Elements lowered to a maximum, in place.</summary>
    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);

    /// <summary>Elements limited to a range; null leaves a side open.</summary>
    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clip(min, max);

    /// <summary>The error function.</summary>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>The error function, in place.</summary>
    public static Tensor erf_(Tensor input) => input.erf_();

    /// <summary>1 less the error function.</summary>
    public static Tensor erfc(Tensor input) => input.erfc();

    /// <summary>1 less the error function, in place.</summary>
    public static Tensor erfc_(Tensor input) => input.erfc_();

    /// <summary>The inverse of the error function.</summary>
    public static Tensor erfinv(Tensor input) => input.erfinv();

    /// <summary>The inverse of the error function, in place.</summary>
    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    /// <summary>The logarithm of the gamma function's absolute value.</summary>
    public static Tensor lgamma(Tensor input) => input.lgamma();

    /// <summary>The logarithm of the gamma function's absolute value, in place.</summary>
    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    /// <summary>The derivative of the gamma function's logarithm.</summary>
    public static Tensor digamma(Tensor input) => input.digamma();

    /// <summary>The derivative of the gamma function's logarithm, in place.</summary>
    public static Tensor digamma_(Tensor input) => input.digamma_();

    /// <summary>sin(pi x) / (pi x).</summary>
    public static Tensor sinc(Tensor input) => input.sinc();

    /// <summary>sin(pi x) / (pi x), in place.</summary>
    public static Tensor sinc_(Tensor input) => input.sinc_();

    /// <summary>The modified Bessel function of the first kind, order 0.</summary>
    public static Tensor i0(Tensor input) => input.i0();

    /// <summary>The modified Bessel function of the first kind, order 0, in place.</summary>
    public static Tensor i0_(Tensor input) => input.i0_();

    /// <summary>log(x / (1 - x)); eps limits x to [eps, 1 - eps].</summary>
    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);

    /// <summary>log(x / (1 - x)); eps limits x to [eps, 1 - eps], in place.</summary>
    public static Tensor logit_(Tensor input, double? eps = null) => input.logit_(eps);

    /// <summary>Degrees to radians.</summary>
    public static Tensor deg2rad(Tensor input) => input.deg2rad();

    /// <summary>Degrees to radians, in place.</summary>
    public static Tensor deg2rad_(Tensor input) => input.deg2rad_();

    /// <summary>Radians to degrees.</summary>
    public static Tensor rad2deg(Tensor input) => input.rad2deg();

    /// <summary>Radians to degrees, in place.</summary>
    public static Tensor rad2deg_(Tensor input) => input.rad2deg_();

    /// <summary>The angle of each element in the complex plane.</summary>
    public static Tensor angle(Tensor input) => input.angle();

    /// <summary>Complex conjugates.</summary>
    public static Tensor conj(Tensor input) => input.conj();
}
