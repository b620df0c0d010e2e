namespace TorchSharp;

public static partial class torch
{
    /// <summary>Elements moved along a dimension, around its end; without a dimension, along the flattened tensor.</summary>
    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    /// <summary>Elements moved along the flattened tensor, around its end.</summary>
    public static Tensor roll(Tensor input, long[] shifts) => input.roll(shifts);

    /// <summary>Elements moved along dimensions, around their ends.</summary>
    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);

    /// <summary>Elements moved along dimensions, around their ends.</summary>
    public static Tensor roll(Tensor input, ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => input.roll(shifts, dims);

    /// <summary>A dimension moved to another place.</summary>
    public static Tensor movedim(Tensor input, long source, long destination) => input.movedim([source], [destination]);

    /// <summary>A dimension moved to another place.</summary>
    public static Tensor moveaxis(Tensor input, long source, long destination) => input.moveaxis([source], [destination]);

    /// <summary>Without the dimensions of size 1, or without one of them, in place.</summary>
    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);

    /// <summary>One dimension split into several.</summary>
    public static Tensor unflatten(Tensor input, long dim, Size sizes) => input.unflatten(dim, sizes);

    /// <summary>Tensors repeated along dimensions of size 1 to a common shape, without a copy.</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Op.CallMany("broadcast_tensors", "", tensors);

    /// <summary>Sums of products over the last dimensions of one tensor and the first of another.</summary>
    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);

    /// <summary>Sums of products over some dimensions of two tensors.</summary>
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);

    /// <summary>How many elements there are.</summary>
    public static long numel(Tensor input) => input.numel();

    /// <summary>Whether the elements are integers or truth values.</summary>
    public static bool is_integral(Tensor t) => t.is_integral();

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>A number of pieces of nearly equal size along a dimension.</summary>
    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    /// <summary>Pieces along a dimension, cut before given positions.</summary>
    public static Tensor[] tensor_split(Tensor input, long[] indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    /// <summary>The k-th smallest element of a dimension, the last if none is named, and where it stands.</summary>
    public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) =>
        input.kthvalue(k, dim, keepdim);

    /// <summary>The elements without repetitions of their neighbours.</summary>
    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
        Tensor input, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique_consecutive(return_inverse, return_counts, dim);

    /// <summary>Elements picked along a dimension by an index tensor.</summary>
    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) =>
        Op.Call("gather", "", input, dim, index, sparse_grad);

    /// <summary>Row and column numbers of the part of a matrix on and below a diagonal, (2, n).</summary>
    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.Call("tril_indices", "", row, col, offset, dtype, Arg.None, device);

    /// <summary>Row and column numbers of the part of a matrix on and above a diagonal, (2, n).</summary>
    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.Call("triu_indices", "", row, col, offset, dtype, Arg.None, device);

    public partial class Tensor
    {
        /// <summary>Sums of products over the last dimensions of this tensor and the first of another.</summary>
        public Tensor tensordot(Tensor b, long dims = 2)
        {
            var first = ndim - dims;
            return tensordot(b, [.. LongRange(first, dims)], [.. LongRange(0, dims)]);
        }

        /// <summary>Sums of products over some dimensions of two tensors.</summary>
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Op.Call("tensordot", "", this, b, dims1, dims2);

        /// <summary>A number of pieces of nearly equal size along a dimension.</summary>
        public Tensor[] tensor_split(long size, long dim = 0) => Op.CallMany("tensor_split", "sections", this, size, dim);

        /// <summary>Pieces along a dimension, cut before given positions.</summary>
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Op.CallMany("tensor_split", "indices", this, sizes, dim);

        /// <summary>One dimension split into several.</summary>
        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        /// <summary>Positions of the elements that are not zero, a tensor a dimension.</summary>
        public IList<Tensor> nonzero_as_list() => Op.CallMany("nonzero_numpy", "", this);

        /// <summary>The real parts.</summary>
        public Tensor real => Op.Call("real", "", this);

        /// <summary>The imaginary parts.</summary>
        public Tensor imag => Op.Call("imag", "", this);

        /// <summary>Pairs of numbers in the last dimension as complex numbers.</summary>
        public Tensor view_as_complex() => Op.Call("view_as_complex", "", this);

        /// <summary>Complex numbers as pairs of numbers in a new last dimension.</summary>
        public Tensor view_as_real() => Op.Call("view_as_real", "", this);

        /// <summary>Shares the memory of another tensor from now on.</summary>
        public Tensor set_(Tensor source) => Op.Mutate("set_", "source_Tensor", this, source);

        /// <summary>The elements in memory that GPUs copy from fastest.</summary>
        public Tensor pin_memory() => Op.Call("pin_memory", "", this);

        /// <summary>Whether the memory is the kind that GPUs copy from fastest.</summary>
        public bool is_pinned() => Op.CallBoolean("is_pinned", "", this);

        private static IEnumerable<long> LongRange(long first, long count)
        {
            for (var i = first; i < first + count; i++)
                yield return i;
        }
    }

    /// <summary>The real parts.</summary>
    public static Tensor real(Tensor input) => input.real;

    /// <summary>The imaginary parts.</summary>
    public static Tensor imag(Tensor input) => input.imag;

    /// <summary>Pairs of numbers in the last dimension as complex numbers.</summary>
    public static Tensor view_as_complex(Tensor input) => input.view_as_complex();

    /// <summary>Complex numbers as pairs of numbers in a new last dimension.</summary>
    public static Tensor view_as_real(Tensor input) => input.view_as_real();

    /// <summary>Complex numbers from their parts.</summary>
    public static Tensor complex(Tensor real, Tensor imag) => Op.Call("complex", "", real, imag);

    /// <summary>Complex numbers from their lengths and angles.</summary>
    public static Tensor polar(Tensor abs, Tensor angle) => Op.Call("polar", "", abs, angle);
}
