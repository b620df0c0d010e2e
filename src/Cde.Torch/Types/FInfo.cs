namespace TorchSharp;

public static partial class torch
{
    /// <summary>Limits of a floating-point type.</summary>
    public struct FInfo
    {
        /// <summary>Bits a number.</summary>
        public int bits;

        /// <summary>The step from 1 to the next number.</summary>
        public double eps;

        /// <summary>The largest finite number.</summary>
        public double max;

        /// <summary>The smallest finite number.</summary>
        public double min;

        /// <summary>The decimal resolution.</summary>
        public double resolution;

        /// <summary>The smallest positive normal number.</summary>
        public double smallest_normal;

        /// <summary>The smallest positive normal number.</summary>
        public double tiny;
    }

    /// <summary>Limits of the default type.</summary>
    public static FInfo finfo() => finfo(get_default_dtype());

    /// <summary>Limits of a floating-point type.</summary>
    /// <exception cref="ArgumentException">The type is not a real floating-point type.</exception>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.Float16 => Limits(16, Math.Pow(2, -10), 65504, Math.Pow(2, -14), 1e-3),
        ScalarType.BFloat16 => Limits(16, Math.Pow(2, -7), BFloat16.MaxValue.ToSingle(), Math.Pow(2, -126), 1e-2),
        ScalarType.Float32 => Limits(32, Math.Pow(2, -23), float.MaxValue, Math.Pow(2, -126), 1e-6),
        ScalarType.Float64 => Limits(64, Math.Pow(2, -52), double.MaxValue, Math.Pow(2, -1022), 1e-15),
        _ => throw new ArgumentException($"{dtype} is no floating-point type"),
    };

    private static FInfo Limits(int bits, double eps, double max, double smallest, double resolution) =>
        new() { bits = bits, eps = eps, max = max, min = -max, resolution = resolution, smallest_normal = smallest, tiny = smallest };
}
