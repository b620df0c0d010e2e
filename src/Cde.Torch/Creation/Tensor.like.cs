namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Zeros in the shape of a tensor.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros_like(this, dtype, device, requires_grad);

        /// <summary>Ones in the shape of a tensor.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones_like(this, dtype, device, requires_grad);

        /// <summary>A tensor in the shape of another, its elements not set.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty_like(this, dtype, device, requires_grad);

        /// <summary>One value in the shape of a tensor.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.full_like(this, value, dtype, device, requires_grad);

        /// <summary>Uniform random numbers from [0, 1) in the shape of a tensor.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.rand_like(this, dtype, device, requires_grad);

        /// <summary>Random numbers of the standard normal distribution in the shape of a tensor.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randn_like(this, dtype, device, requires_grad);

        /// <summary>Random whole numbers from [low, high) in the shape of a tensor.</summary>
        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randint_like(this, low, high, dtype, device, requires_grad);

        /// <summary>A tensor, its elements not set, with the type and device of this one.</summary>
        public Tensor new_empty(
            long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Make("new_empty", "", [this, (long[])[dim0, dim1, dim2, dim3]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>A tensor, its elements not set, with the type and device of this one.</summary>
        public Tensor new_empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_empty", "", [this, (long[])[dim0, dim1, dim2]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>A tensor, its elements not set, with the type and device of this one.</summary>
        public Tensor new_empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_empty", "", [this, (long[])[rows, columns]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>A tensor, its elements not set, with the type and device of this one.</summary>
        public Tensor new_empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_empty", "", [this, (long[])[size]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>A tensor, its elements not set, with the type and device of this one.</summary>
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_empty", "", [this, size], dtype, device, requires_grad, null, inherit: true);

        /// <summary>A tensor, its elements not set, with the type and device of this one.</summary>
        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_empty", "", [this, size], dtype, device, requires_grad, null, inherit: true);

        /// <summary>One value, with the type and device of this tensor.</summary>
        public Tensor new_full(
            long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Make("new_full", "", [this, (long[])[dim0, dim1, dim2, dim3], value], dtype, device, requires_grad, null, inherit: true);

        /// <summary>One value, with the type and device of this tensor.</summary>
        public Tensor new_full(
            long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Make("new_full", "", [this, (long[])[dim0, dim1, dim2], value], dtype, device, requires_grad, null, inherit: true);

        /// <summary>One value, with the type and device of this tensor.</summary>
        public Tensor new_full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_full", "", [this, (long[])[rows, columns], value], dtype, device, requires_grad, null, inherit: true);

        /// <summary>One value, with the type and device of this tensor.</summary>
        public Tensor new_full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_full", "", [this, (long[])[size], value], dtype, device, requires_grad, null, inherit: true);

        /// <summary>One value, with the type and device of this tensor.</summary>
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_full", "", [this, size, value], dtype, device, requires_grad, null, inherit: true);

        /// <summary>One value, with the type and device of this tensor.</summary>
        public Tensor new_full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_full", "", [this, size, value], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Ones, with the type and device of this tensor.</summary>
        public Tensor new_ones(
            long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Make("new_ones", "", [this, (long[])[dim0, dim1, dim2, dim3]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Ones, with the type and device of this tensor.</summary>
        public Tensor new_ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_ones", "", [this, (long[])[dim0, dim1, dim2]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Ones, with the type and device of this tensor.</summary>
        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_ones", "", [this, (long[])[rows, columns]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Ones, with the type and device of this tensor.</summary>
        public Tensor new_ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_ones", "", [this, (long[])[size]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Zeros, with the type and device of this tensor.</summary>
        public Tensor new_zeros(
            long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Make("new_zeros", "", [this, (long[])[dim0, dim1, dim2, dim3]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Zeros, with the type and device of this tensor.</summary>
        public Tensor new_zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_zeros", "", [this, (long[])[dim0, dim1, dim2]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Zeros, with the type and device of this tensor.</summary>
        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_zeros", "", [this, (long[])[rows, columns]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Zeros, with the type and device of this tensor.</summary>
        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_zeros", "", [this, (long[])[size]], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Zeros, with the type and device of this tensor.</summary>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_zeros", "", [this, size], dtype, device, requires_grad, null, inherit: true);

        /// <summary>Zeros, with the type and device of this tensor.</summary>
        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Make("new_zeros", "", [this, size], dtype, device, requires_grad, null, inherit: true);
    }
}
