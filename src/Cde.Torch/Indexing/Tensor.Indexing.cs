using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Elements by position, slice, ellipsis, new dimension or tensor, as in PyTorch.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Elements picked by tensors of positions or truth values, one a dimension.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Elements by position in the first dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Singles(indices));
            set => index_put_(value, Singles(indices));
        }

        /// <summary>Elements by position in the first dimension.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, Singles([i1]));
        }

        /// <summary>Elements by position in the first two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(Singles([i1, i2]));
            set => index_put_(value, Singles([i1, i2]));
        }

        /// <summary>Elements by position in the first three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Singles([i1, i2, i3]));
            set => index_put_(value, Singles([i1, i2, i3]));
        }

        /// <summary>Elements by position in the first four dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Singles([i1, i2, i3, i4]));
            set => index_put_(value, Singles([i1, i2, i3, i4]));
        }

        /// <summary>Elements by position in the first five dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index(Singles([i1, i2, i3, i4, i5]));
            set => index_put_(value, Singles([i1, i2, i3, i4, i5]));
        }

        /// <summary>Elements by position, slice, ellipsis, new dimension or tensor.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            using var plan = IndexPlan.For(this, indices);
            return plan.Read();
        }

        /// <summary>Elements picked by tensors of positions or truth values, one a dimension.</summary>
        public Tensor index(params Tensor[] indices) => Op.Call("index", "Tensor", this, indices);

        /// <summary>Writes to the elements of an index; accumulate adds.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var plan = IndexPlan.For(this, indices);
            plan.Write(value, accumulate);
            return this;
        }

        /// <summary>Writes to the elements of an index.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        /// <summary>Writes a number to the elements of an index.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = full([], value, dtype, device);
            return index_put_(number, indices, false);
        }

        /// <summary>Writes to the elements that tensors pick; accumulate adds.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Op.Mutate("index_put_", "", this, indices, value, accumulate);

        /// <summary>Writes to the elements that tensors pick.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        /// <summary>Writes a number to the elements that tensors pick.</summary>
        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var number = full([], value, dtype, device);
            return index_put_(number, indices, false);
        }

        private static TensorIndex[] Singles(long[] indices) => Array.ConvertAll(indices, index => TensorIndex.Single(index));
    }
}
