using System.Numerics;

namespace TorchSharp;

/// <summary>Conversions between <see cref="Scalar"/> and .NET numbers.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this byte value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this sbyte value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this short value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this Half value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this BFloat16 value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this Complex value) => value;

    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this (float, float) value) => value;

    /// <summary>The number, rounded to bfloat16, as a scalar.</summary>
    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value);

    /// <summary>The scalar as <c>bool</c>.</summary>
    public static bool ToBoolean(this Scalar value) => value.Real != 0;

    /// <summary>The scalar as <c>byte</c>.</summary>
    public static byte ToByte(this Scalar value) => checked((byte)value.Integer);

    /// <summary>The scalar as <c>sbyte</c>.</summary>
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.Integer);

    /// <summary>The scalar as <c>short</c>.</summary>
    public static short ToInt16(this Scalar value) => checked((short)value.Integer);

    /// <summary>The scalar as <c>int</c>.</summary>
    public static int ToInt32(this Scalar value) => checked((int)value.Integer);

    /// <summary>The scalar as <c>long</c>.</summary>
    public static long ToInt64(this Scalar value) => value.Integer;

    /// <summary>The scalar as <c>Half</c>.</summary>
    public static Half ToHalf(this Scalar value) => (Half)value.Real;

    /// <summary>The scalar as <c>BFloat16</c>.</summary>
    public static BFloat16 ToBFloat16(this Scalar value) => new((float)value.Real);

    /// <summary>The scalar as <c>float</c>.</summary>
    public static float ToSingle(this Scalar value) => (float)value.Real;

    /// <summary>The scalar as <c>double</c>.</summary>
    public static double ToDouble(this Scalar value) => value.Real;

    /// <summary>The scalar as <c>a complex number</c>.</summary>
    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) => ((float)value.ComplexValue.Real, (float)value.ComplexValue.Imaginary);

    /// <summary>The scalar as <c>Complex</c>.</summary>
    public static Complex ToComplexFloat64(this Scalar value) => value.ComplexValue;
}
