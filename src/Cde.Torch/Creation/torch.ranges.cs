namespace TorchSharp;

public static partial class torch
{
    /// <summary>Numbers from 0 to below <paramref name="stop"/>.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Numbers from <paramref name="start"/> to below <paramref name="stop"/>.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>Numbers from <paramref name="start"/> to below <paramref name="stop"/>, with a step.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var whole = start.Type == ScalarType.Int64 && stop.Type == ScalarType.Int64 && step.Type == ScalarType.Int64;
        return Make("arange", "start_step", [start, stop, step], dtype ?? (whole ? ScalarType.Int64 : defaultType), device, requires_grad, null);
    }

    /// <summary>Evenly spaced numbers from <paramref name="start"/> to <paramref name="end"/>, both included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("linspace", "", [start, end, steps], dtype, device, requires_grad, null);

    /// <summary>Powers of <paramref name="base"/> with evenly spaced exponents.</summary>
    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("logspace", "", [start, end, steps, @base], dtype, device, requires_grad, null);

    /// <summary>Ones on the diagonal, zeros elsewhere; -1 columns means square.</summary>
    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Make("eye", "m", [rows, columns < 0 ? rows : columns], dtype, device, requires_grad, names);

    /// <summary>The numbers 0 to n - 1 in random order.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Make("randperm", "generator", [n, generator], dtype ?? ScalarType.Int64, device, requires_grad, null);

    /// <summary>Random whole numbers from [0, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>Random whole numbers from [0, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Random whole numbers from [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Make("randint", "low_generator", [low, high, size, generator], dtype ?? ScalarType.Int64, device, requires_grad, names);

    /// <summary>Random whole numbers from [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Random numbers of normal distributions, element by element.</summary>
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        Op.Call("normal", "Tensor_Tensor", mean, std, generator);

    /// <summary>Random numbers of a normal distribution.</summary>
    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Make("normal", "float_float", [mean, std, size, generator], dtype, device, requires_grad, names);
}
