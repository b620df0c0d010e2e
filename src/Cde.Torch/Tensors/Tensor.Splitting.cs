namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Pieces of <paramref name="size"/> along a dimension; the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0) => Op.CallMany("split", "Tensor", this, size, dim);

        /// <summary>Pieces of given sizes along the first dimension.</summary>
        public Tensor[] split(params long[] sizes) => split(sizes, 0);

        /// <summary>Pieces of given sizes along a dimension.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Op.CallMany("split_with_sizes", "", this, sizes, dim);

        /// <summary>Pieces of given sizes along a dimension.</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Op.CallMany("split_with_sizes", "", this, sizes, dim);

        /// <summary>At most <paramref name="chunks"/> pieces of equal size along a dimension; the last may be smaller.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Op.CallMany("chunk", "", this, chunks, dim);

        /// <summary>The slices of a dimension.</summary>
        public Tensor[] unbind(long dimension = 0) => Op.CallMany("unbind", "int", this, dimension);

        /// <summary>Without the dimensions of size 1, or without one of them.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } one ? Op.Call("squeeze", "dim", this, one) : Op.Call("squeeze", "", this);

        /// <summary>Without the dimensions of size 1, or without one of them, in place.</summary>
        public Tensor squeeze_(long? dim = null) => dim is { } one ? Op.Mutate("squeeze_", "dim", this, one) : Op.Mutate("squeeze_", "", this);

        /// <summary>Dimensions of size 1 repeated, without a copy; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes) => Op.Call("expand", "", this, sizes);

        /// <summary>Dimensions of size 1 repeated, without a copy; -1 keeps a size.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.Call("expand", "", this, sizes, isImplicit);

        /// <summary>Dimensions of size 1 repeated, without a copy; -1 keeps a size.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Op.Call("expand", "", this, sizes, isImplicit);

        /// <summary>Dimensions of size 1 repeated, without a copy; -1 keeps a size.</summary>
        public Tensor expand(Size sizes, bool isImplicit = false) => Op.Call("expand", "", this, sizes.Shape, isImplicit);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        /// <summary>Positions start to finish - 1 of a dimension, each step-th.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Op.Call("slice", "Tensor", this, dim, start, finish, step);

        /// <summary>Elements moved along a dimension, around its end; without a dimension, along the flattened tensor.</summary>
        public Tensor roll(long shifts, long? dims = null) => Op.Call("roll", "", this, shifts, dims is { } dim ? [dim] : (long[])[]);

        /// <summary>Elements moved along the flattened tensor, around its end.</summary>
        public Tensor roll(long[] shifts) => Op.Call("roll", "", this, shifts, (long[])[]);

        /// <summary>Elements moved along dimensions, around their ends.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Op.Call("roll", "", this, shifts, dims);

        /// <summary>Elements moved along dimensions, around their ends.</summary>
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Op.Call("roll", "", this, shifts, dims);

        /// <summary>A matrix transposed.</summary>
        public Tensor T => Op.Call("numpy_T", "", this);

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => Op.Call("mT", "", this);
    }

    /// <summary>Pieces of given sizes along a dimension.</summary>
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    /// <summary>At most <paramref name="chunks"/> pieces along a dimension.</summary>
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    /// <summary>The slices of a dimension.</summary>
    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);

    /// <summary>Without the dimensions of size 1, or without one of them.</summary>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
}
