namespace TorchSharp;

public static partial class torch
{
    /// <summary>Sines.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>Sines, in place.</summary>
    public static Tensor sin_(Tensor input) => input.sin_();

    /// <summary>Cosines.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>Cosines, in place.</summary>
    public static Tensor cos_(Tensor input) => input.cos_();

    /// <summary>Tangents.</summary>
    public static Tensor tan(Tensor input) => input.tan();

    /// <summary>Tangents, in place.</summary>
    public static Tensor tan_(Tensor input) => input.tan_();

    /// <summary>Arc sines.</summary>
    public static Tensor asin(Tensor input) => input.asin();

    /// <summary>Arc sines, in place.</summary>
    public static Tensor asin_(Tensor input) => input.asin_();

    /// <summary>Arc cosines.</summary>
    public static Tensor acos(Tensor input) => input.acos();

    /// <summary>Arc cosines, in place.</summary>
    public static Tensor acos_(Tensor input) => input.acos_();

    /// <summary>Arc tangents.</summary>
    public static Tensor atan(Tensor input) => input.atan();

    /// <summary>Arc tangents, in place.</summary>
    public static Tensor atan_(Tensor input) => input.atan_();

    /// <summary>Arc sines.</summary>
    public static Tensor arcsin(Tensor input) => input.arcsin();

    /// <summary>Arc sines, in place.</summary>
    public static Tensor arcsin_(Tensor input) => input.arcsin_();

    /// <summary>Arc cosines.</summary>
    public static Tensor arccos(Tensor input) => input.arccos();

    /// <summary>Arc cosines, in place.</summary>
    public static Tensor arccos_(Tensor input) => input.arccos_();

    /// <summary>Arc tangents.</summary>
    public static Tensor arctan(Tensor input) => input.arctan();

    /// <summary>Arc tangents, in place.</summary>
    public static Tensor arctan_(Tensor input) => input.arctan_();

    /// <summary>Hyperbolic sines.</summary>
    public static Tensor sinh(Tensor input) => input.sinh();

    /// <summary>Hyperbolic sines, in place.</summary>
    public static Tensor sinh_(Tensor input) => input.sinh_();

    /// <summary>Hyperbolic cosines.</summary>
    public static Tensor cosh(Tensor input) => input.cosh();

    /// <summary>Hyperbolic cosines, in place.</summary>
    public static Tensor cosh_(Tensor input) => input.cosh_();

    /// <summary>Hyperbolic tangents.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>Hyperbolic tangents, in place.</summary>
    public static Tensor tanh_(Tensor input) => input.tanh_();

    /// <summary>Inverse hyperbolic sines.</summary>
    public static Tensor asinh(Tensor input) => input.asinh();

    /// <summary>Inverse hyperbolic sines, in place.</summary>
    public static Tensor asinh_(Tensor input) => input.asinh_();

    /// <summary>Inverse hyperbolic cosines.</summary>
    public static Tensor acosh(Tensor input) => input.acosh();

    /// <summary>Inverse hyperbolic cosines, in place.</summary>
    public static Tensor acosh_(Tensor input) => input.acosh_();

    /// <summary>Inverse hyperbolic tangents.</summary>
    public static Tensor atanh(Tensor input) => input.atanh();

    /// <summary>Inverse hyperbolic tangents, in place.</summary>
    public static Tensor atanh_(Tensor input) => input.atanh_();

    /// <summary>The angle of the point (other, x).</summary>
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);

    /// <summary>The angle of the point (other, x), in place.</summary>
    public static Tensor atan2_(Tensor input, Tensor other) => input.atan2_(other);

    /// <summary>The angle of the point (other, x).</summary>
    public static Tensor arctan2(Tensor input, Tensor other) => input.arctan2(other);

    /// <summary>The angle of the point (other, x), in place.</summary>
    public static Tensor arctan2_(Tensor input, Tensor other) => input.arctan2_(other);

    /// <summary>The length of the hypotenuse.</summary>
    public static Tensor hypot(Tensor left, Tensor right) => left.hypot(right);
}
