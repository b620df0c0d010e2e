namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum over two dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        /// <summary>The sum over three dimensions.</summary>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        /// <summary>The largest elements over dimensions; gradients are shared among equals.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Op.Call("amax", "", this, dims, keepdim), @out);

        /// <summary>The largest elements over dimensions; gradients are shared among equals.</summary>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(Op.Call("amax", "", this, dims, keepdim), @out);

        /// <summary>The smallest elements over dimensions; gradients are shared among equals.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Op.Call("amin", "", this, dims, keepdim), @out);

        /// <summary>The smallest elements over dimensions; gradients are shared among equals.</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(Op.Call("amin", "", this, dims, keepdim), @out);

        /// <summary>The p-norm along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => Op.Call("norm", "ScalarOpt_dim", this, p, dim, keepdim);

        /// <summary>The variance along a dimension; unbiased divides by one less than the count.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        /// <summary>The variance over dimensions; unbiased divides by one less than the count.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread("var", dimensions, unbiased, keepdim, type);

        /// <summary>The variance over dimensions; unbiased divides by one less than the count.</summary>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread("var", dimensions, unbiased, keepdim, type);

        /// <summary>The standard deviation along a dimension; unbiased divides by one less than the count.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        /// <summary>The standard deviation over dimensions; unbiased divides by one less than the count.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread("std", dimensions, unbiased, keepdim, type);

        /// <summary>The standard deviation over dimensions; unbiased divides by one less than the count.</summary>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread("std", dimensions, unbiased, keepdim, type);

        private Tensor Spread(string name, Arg dimensions, bool unbiased, bool keepdim, ScalarType? type)
        {
            if (type is not { } wanted || wanted == dtype)
                return Op.Call(name, "dim", this, dimensions, unbiased, keepdim);
            using var converted = to_type(wanted);
            return Op.Call(name, "dim", converted, dimensions, unbiased, keepdim);
        }

        private static Tensor Into(Tensor made, Tensor? target)
        {
            if (target is null)
                return made;
            using (made)
                return target.copy_(made);
        }
    }

    /// <summary>The largest elements over dimensions.</summary>
    public static Tensor amax(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);

    /// <summary>The largest elements over dimensions.</summary>
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);

    /// <summary>The smallest elements over dimensions.</summary>
    public static Tensor amin(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);

    /// <summary>The smallest elements over dimensions.</summary>
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);
}
