namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Elements picked along a dimension by an index tensor.</summary>
        public Tensor gather(long dim, Tensor index) => Op.Call("gather", "", this, dim, index);

        /// <summary>Elements of src put along a dimension by an index tensor.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.Call("scatter", "src", this, dim, index, src);

        /// <summary>Elements of src put along a dimension by an index tensor, in place.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Op.Mutate("scatter_", "src", this, dim, index, src);

        /// <summary>Elements of src added along a dimension by an index tensor.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.Call("scatter_add", "", this, dim, index, src);

        /// <summary>Elements of src added along a dimension by an index tensor, in place.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Op.Mutate("scatter_add_", "", this, dim, index, src);

        /// <summary>Slices of a dimension picked by indices.</summary>
        public Tensor index_select(long dim, Tensor index) => Op.Call("index_select", "", this, dim, index);

        /// <summary>Slices of source, times alpha, added to the slices that index names.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Op.Call("index_add", "", this, dim, index, source, alpha);

        /// <summary>Slices of source, times alpha, added to the slices that index names, in place.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Op.Mutate("index_add_", "", this, dim, index, source, alpha);

        /// <summary>Slices of source put at the slices that index names.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.Call("index_copy", "", this, dim, index, source);

        /// <summary>Slices of source put at the slices that index names, in place.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Op.Mutate("index_copy_", "", this, dim, index, source);

        /// <summary>The slices that index names filled with a value.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Op.Call("index_fill", "int_Scalar", this, dim, index, value);

        /// <summary>The slices that index names filled with a value, in place.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Op.Mutate("index_fill_", "int_Scalar", this, dim, index, value);

        /// <summary>The elements where mask is true replaced by a value.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Op.Call("masked_fill", "Scalar", this, mask, value);

        /// <summary>The elements where mask is true replaced by a value, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.Mutate("masked_fill_", "Scalar", this, mask, value);

        /// <summary>The elements where mask is true, in one dimension.</summary>
        public Tensor masked_select(Tensor mask) => Op.Call("masked_select", "", this, mask);

        /// <summary>The elements where mask is true replaced by those of value, in order.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.Call("masked_scatter", "", this, mask, value);

        /// <summary>The elements where mask is true replaced by those of value, in order, in place.</summary>
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Op.Mutate("masked_scatter_", "", this, mask, value);

        /// <summary>Elements picked by their position in the flattened tensor.</summary>
        public Tensor take(Tensor index) => Op.Call("take", "", this, index);

        /// <summary>Elements picked along a dimension by an index tensor.</summary>
        public Tensor take_along_dim(Tensor indices) => Op.Call("take_along_dim", "", this, indices);

        /// <summary>Elements picked along a dimension by an index tensor.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Op.Call("take_along_dim", "", this, indices, dim);

        /// <summary>The positions of elements that are not zero, a row each.</summary>
        public Tensor nonzero() => Op.Call("nonzero", "", this);

        /// <summary>The positions of elements that are not zero, a row each.</summary>
        public Tensor argwhere() => Op.Call("argwhere", "", this);

        /// <summary>The positions that sort a dimension.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Op.Call("argsort", "", this, dim, descending);

        /// <summary>The first dimension sorted.</summary>
        public Tensor msort() => Op.Call("msort", "", this);

        /// <summary>The k largest elements of a dimension, and where they stand.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Op.CallPair("topk", "", this, k, dim, largest, sorted);

        /// <summary>The position of each element among sorted boundaries.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Op.Call("bucketize", "Tensor", this, boundaries, outInt32, right);

        /// <summary>Elements repeated one by one.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Op.Call("repeat_interleave", "self_int", this, repeats, dim, output_size);

        /// <summary>Elements repeated one by one.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Op.Call("repeat_interleave", "self_Tensor", this, repeats, dim, output_size);

        /// <summary>Slices scaled down to a norm.</summary>
        public Tensor renorm(float p, long dim, float maxnorm) => Op.Call("renorm", "", this, p, dim, maxnorm);

        /// <summary>The tensor with one index of a dimension replaced.</summary>
        public Tensor select_scatter(Tensor src, long dim, long index) => Op.Call("select_scatter", "", this, src, dim, index);

        /// <summary>The tensor with a slice of a dimension replaced.</summary>
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) =>
            Op.Call("slice_scatter", "", this, src, dim, start, end, step);

        /// <summary>The tensor with a diagonal replaced.</summary>
        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Op.Call("diagonal_scatter", "", this, src, offset, dim1, dim2);

        /// <summary>The tensor filled with a value, in place.</summary>
        public Tensor fill_(Scalar value) => Op.Mutate("fill_", "Scalar", this, value);

        /// <summary>The tensor filled with zeros, in place.</summary>
        public Tensor zero_() => Op.Mutate("zero_", "", this);
    }
}
