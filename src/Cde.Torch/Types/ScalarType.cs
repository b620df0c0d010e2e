namespace TorchSharp;

public static partial class torch
{
    /// <summary>Element types of tensors; the numbers are libtorch's.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>8 bits without sign.</summary>
        Byte = 0,

        /// <summary>8 bits with sign.</summary>
        Int8 = 1,

        /// <summary>16 bits with sign.</summary>
        Int16 = 2,

        /// <summary>32 bits with sign.</summary>
        Int32 = 3,

        /// <summary>64 bits with sign.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Two single-precision numbers.</summary>
        ComplexFloat32 = 9,

        /// <summary>Two double-precision numbers.</summary>
        ComplexFloat64 = 10,

        /// <summary>Truth values, a byte each.</summary>
        Bool = 11,

        /// <summary>Quantised, 8 bits with sign.</summary>
        QInt8 = 12,

        /// <summary>Quantised, 8 bits without sign.</summary>
        QUInt8 = 13,

        /// <summary>Quantised, 32 bits with sign.</summary>
        QInt32 = 14,

        /// <summary>The upper half of a single-precision number.</summary>
        BFloat16 = 15,
    }
}
