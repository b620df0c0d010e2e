using System.Numerics;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor with a copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    /// <exception cref="NotSupportedException">Tensors cannot hold the array's elements.</exception>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        return ElementTypes.Of(rawArray.GetType().GetElementType()!) switch
        {
            ScalarType.Float32 => FromArray<float>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Float64 => FromArray<double>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Int64 => FromArray<long>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Int32 => FromArray<int>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Int16 => FromArray<short>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Int8 => FromArray<sbyte>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Byte => FromArray<byte>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Bool => FromArray<bool>(rawArray, dtype, device, requires_grad, names),
            ScalarType.Float16 => FromArray<Half>(rawArray, dtype, device, requires_grad, names),
            ScalarType.BFloat16 => FromArray<BFloat16>(rawArray, dtype, device, requires_grad, names),
            ScalarType.ComplexFloat64 => FromArray<Complex>(rawArray, dtype, device, requires_grad, names),
            _ => FromArray<(float, float)>(rawArray, dtype, device, requires_grad, names),
        };
    }

    private static Tensor AsTensor(Tensor data, ScalarType? dtype, Device? device)
    {
        var same = data.alias();
        if (dtype is { } type && type != same.dtype)
            same = same.to(type, disposeAfter: true);
        return device is null ? same : same.to(device, disposeAfter: true);
    }
}
