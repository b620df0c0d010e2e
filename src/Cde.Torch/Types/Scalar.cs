using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number with the type it came with: integer, floating point, truth value or complex.</summary>
public sealed class Scalar : IDisposable
{
    private readonly long integer;
    private readonly double real;
    private readonly double imaginary;

    private Scalar(ScalarType type, long integer, double real, double imaginary = 0)
    {
        Type = type;
        this.integer = integer;
        this.real = real;
        this.imaginary = imaginary;
    }

    /// <summary>The kind of number: Int64, Float64, Bool or ComplexFloat64.</summary>
    public ScalarType Type { get; }

    internal long Integer => Type is ScalarType.Int64 or ScalarType.Bool ? integer : checked((long)real);

    internal double Real => Type is ScalarType.Int64 or ScalarType.Bool ? integer : real;

    internal Complex ComplexValue => new(Real, imaginary);

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, value ? 1 : 0, 0);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => FromInteger(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(sbyte value) => FromInteger(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(short value) => FromInteger(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => FromInteger(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => FromInteger(value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(Half value) => FromReal((double)value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(BFloat16 value) => FromReal((float)value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(float value) => FromReal(value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(double value) => FromReal(value);

    /// <summary>A complex number.</summary>
    public static implicit operator Scalar(Complex value) => new(ScalarType.ComplexFloat64, 0, value.Real, value.Imaginary);

    /// <summary>A complex number from its real and imaginary parts.</summary>
    public static implicit operator Scalar((float, float) value) => new(ScalarType.ComplexFloat64, 0, value.Item1, value.Item2);

    /// <summary>Does nothing: a scalar holds no native memory.</summary>
    public void Dispose()
    {
    }

    internal Arg ToArg() => Type switch
    {
        ScalarType.Int64 => integer,
        ScalarType.Bool => integer != 0,
        ScalarType.ComplexFloat64 => Arg.Complex(real, imaginary),
        _ => real,
    };

    private static Scalar FromInteger(long value) => new(ScalarType.Int64, value, 0);

    private static Scalar FromReal(double value) => new(ScalarType.Float64, 0, value);
}
