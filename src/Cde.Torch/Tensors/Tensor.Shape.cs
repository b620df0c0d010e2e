namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same memory in another shape.</summary>
        public Tensor view(params long[] shape) => Op.Call("view", "", this, shape);

        /// <summary>The elements in another shape, without a copy where possible.</summary>
        public Tensor reshape(params long[] shape) => Op.Call("reshape", "", this, shape);

        /// <summary>The same memory in the shape of another tensor.</summary>
        public Tensor view_as(Tensor other) => Op.Call("view_as", "", this, other);

        /// <summary>Dimensions start_dim to end_dim as one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.Call("flatten", "using_ints", this, start_dim, end_dim);

        /// <summary>All elements in one dimension.</summary>
        public Tensor ravel() => Op.Call("ravel", "", this);

        /// <summary>One dimension split into several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Op.Call("unflatten", "int", this, dim, sizes);

        /// <summary>A dimension of size 1 inserted.</summary>
        public Tensor unsqueeze(long dim) => Op.Call("unsqueeze", "", this, dim);

        /// <summary>A dimension of size 1 inserted, in place.</summary>
        public Tensor unsqueeze_(long dim) => Op.Mutate("unsqueeze_", "", this, dim);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => Op.Call("transpose", "int", this, dim0, dim1);

        /// <summary>Two dimensions exchanged, in place.</summary>
        public Tensor transpose_(long dim0, long dim1) => Op.Mutate("transpose_", "", this, dim0, dim1);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor swapaxes(long dim0, long dim1) => Op.Call("swapaxes", "", this, dim0, dim1);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor swapdims(long dim0, long dim1) => Op.Call("swapdims", "", this, dim0, dim1);

        /// <summary>A matrix transposed.</summary>
        public Tensor t() => Op.Call("t", "", this);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => Op.Call("permute", "", this, permutation);

        /// <summary>Dimensions moved to other places.</summary>
        public Tensor movedim(long[] source, long[] destination) => Op.Call("movedim", "intlist", this, source, destination);

        /// <summary>Dimensions moved to other places.</summary>
        public Tensor moveaxis(long[] source, long[] destination) => Op.Call("moveaxis", "intlist", this, source, destination);

        /// <summary>Dimensions of size 1 repeated to a shape, without a copy.</summary>
        public Tensor broadcast_to(params long[] shape) => Op.Call("broadcast_to", "", this, shape);

        /// <summary>Dimensions of size 1 repeated to the shape of another tensor, without a copy.</summary>
        public Tensor expand_as(Tensor other) => Op.Call("expand_as", "", this, other);

        /// <summary>The tensor repeated along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Op.Call("repeat", "", this, sizes);

        /// <summary>The tensor repeated along each dimension.</summary>
        public Tensor tile(long[] reps) => Op.Call("tile", "", this, reps);

        /// <summary>Elements in reverse order along dimensions.</summary>
        public Tensor flip(params long[] dims) => Op.Call("flip", "", this, dims);

        /// <summary>Columns in reverse order.</summary>
        public Tensor fliplr() => Op.Call("fliplr", "", this);

        /// <summary>Rows in reverse order.</summary>
        public Tensor flipud() => Op.Call("flipud", "", this);

        /// <summary>A stretch of one dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Op.Call("narrow", "", this, dim, start, length);

        /// <summary>One index of a dimension.</summary>
        public Tensor select(long dim, long index) => Op.Call("select", "int", this, dim, index);

        /// <summary>A diagonal as a dimension.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Op.Call("diagonal", "", this, offset, dim1, dim2);

        /// <summary>A matrix's diagonal, or a matrix with a diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Op.Call("diag", "", this, diagonal);

        /// <summary>Matrices with a diagonal.</summary>
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Op.Call("diag_embed", "", this, offset, dim1, dim2);

        /// <summary>A matrix with the elements on a diagonal.</summary>
        public Tensor diagflat(long offset = 0) => Op.Call("diagflat", "", this, offset);

        /// <summary>The elements on and below a diagonal, zeros above.</summary>
        public Tensor tril(long diagonal = 0) => Op.Call("tril", "", this, diagonal);

        /// <summary>The elements on and below a diagonal, zeros above, in place.</summary>
        public Tensor tril_(long diagonal = 0) => Op.Mutate("tril_", "", this, diagonal);

        /// <summary>The elements on and above a diagonal, zeros below.</summary>
        public Tensor triu(long diagonal = 0) => Op.Call("triu", "", this, diagonal);

        /// <summary>The elements on and above a diagonal, zeros below, in place.</summary>
        public Tensor triu_(long diagonal = 0) => Op.Mutate("triu_", "", this, diagonal);

        /// <summary>Windows that slide along a dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) => Op.Call("unfold", "", this, dimension, size, step);

        /// <summary>A view with given sizes and strides.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Op.Call("as_strided", "", this, size, strides, storageOffset);

        /// <summary>The elements in row-major order, without a copy where they are.</summary>
        public Tensor contiguous() => Op.Call("contiguous", "", this);

        /// <summary>A copy that is differentiated.</summary>
        public Tensor clone() => Op.Call("clone", "", this);

        /// <summary>Another tensor object over the same memory.</summary>
        public Tensor alias() => Op.Call("alias", "", this);

        /// <summary>At least one dimension.</summary>
        public Tensor atleast_1d() => Op.Call("atleast_1d", "", this);

        /// <summary>At least two dimensions.</summary>
        public Tensor atleast_2d() => Op.Call("atleast_2d", "", this);

        /// <summary>At least three dimensions.</summary>
        public Tensor atleast_3d() => Op.Call("atleast_3d", "", this);

        /// <summary>Matrices transposed and conjugated.</summary>
        public Tensor adjoint() => Op.Call("adjoint", "", this);

        /// <summary>The sum of a matrix's diagonal.</summary>
        public Tensor trace() => Op.Call("trace", "", this);
    }
}
