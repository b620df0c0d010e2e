namespace TorchSharp;

public static partial class torch
{
    /// <summary>Zeros in the shape of a tensor.</summary>
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Make("zeros_like", "", [input], dtype, device, requires_grad, names, inherit: true);

    /// <summary>Ones in the shape of a tensor.</summary>
    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Make("ones_like", "", [input], dtype, device, requires_grad, names, inherit: true);

    /// <summary>A tensor in the shape of another, its elements not set.</summary>
    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Make("empty_like", "", [input], dtype, device, requires_grad, names, inherit: true);

    /// <summary>One value in the shape of a tensor.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Make("full_like", "", [input, value], dtype, device, requires_grad, names, inherit: true);

    /// <summary>Uniform random numbers from [0, 1) in the shape of a tensor.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("rand_like", "", [input], dtype, device, requires_grad, null, inherit: true);

    /// <summary>Random numbers of the standard normal distribution in the shape of a tensor.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("randn_like", "", [input], dtype, device, requires_grad, null, inherit: true);

    /// <summary>Random whole numbers from [low, high) in the shape of a tensor.</summary>
    public static Tensor randint_like(
        Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("randint_like", "low_dtype", [input, low, high], dtype, device, requires_grad, null, inherit: true);
}
