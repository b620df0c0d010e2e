using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which element type a .NET type stands for.</summary>
internal static class ElementTypes
{
    /// <exception cref="NotSupportedException">Tensors cannot hold <typeparamref name="T"/>.</exception>
    public static ScalarType Of<T>() => Of(typeof(T));

    /// <exception cref="NotSupportedException">Tensors cannot hold the type.</exception>
    public static ScalarType Of(Type type)
    {
        if (type == typeof(float)) return ScalarType.Float32;
        if (type == typeof(long)) return ScalarType.Int64;
        if (type == typeof(int)) return ScalarType.Int32;
        if (type == typeof(double)) return ScalarType.Float64;
        if (type == typeof(bool)) return ScalarType.Bool;
        if (type == typeof(byte)) return ScalarType.Byte;
        if (type == typeof(sbyte)) return ScalarType.Int8;
        if (type == typeof(short)) return ScalarType.Int16;
        if (type == typeof(Half)) return ScalarType.Float16;
        if (type == typeof(BFloat16)) return ScalarType.BFloat16;
        if (type == typeof(Complex)) return ScalarType.ComplexFloat64;
        if (type == typeof((float, float))) return ScalarType.ComplexFloat32;
        throw new NotSupportedException($"tensors cannot hold elements of type {type}");
    }
}
