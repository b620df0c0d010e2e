namespace TorchSharp;

public static partial class torch
{
    /// <summary>One part of an index: a position, a slice, an ellipsis, a new dimension, a truth value or a tensor.</summary>
    public struct TensorIndex
    {
        internal readonly IndexKind Kind;
        internal readonly long? First;
        internal readonly long? Last;
        internal readonly long? Step;
        internal readonly torch.Tensor? Positions;

        private TensorIndex(IndexKind kind, long? first = null, long? last = null, long? step = null, torch.Tensor? positions = null)
        {
            Kind = kind;
            First = first;
            Last = last;
            Step = step;
            Positions = positions;
        }

        internal enum IndexKind
        {
            NewDimension,
            Single,
            Slice,
            Ellipsis,
            Bool,
            Tensor,
        }

        /// <summary>As many whole dimensions as are left.</summary>
        public static TensorIndex Ellipsis = new(IndexKind.Ellipsis);

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None = new(IndexKind.NewDimension);

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex Null = new(IndexKind.NewDimension);

        /// <summary>A whole dimension.</summary>
        public static TensorIndex Colon = new(IndexKind.Slice);

        /// <summary>A truth value: a new dimension of size 1 or 0.</summary>
        public static TensorIndex Bool(bool value) => new(IndexKind.Bool, value ? 1 : 0);

        /// <summary>One position; null is a new dimension.</summary>
        public static TensorIndex Single(long? index) => index is null ? None : new(IndexKind.Single, index);

        /// <summary>Positions start to stop - 1, each step-th.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(IndexKind.Slice, start, stop, step);

        /// <summary>Positions of a range.</summary>
        public static TensorIndex Slice(Range range) => new(IndexKind.Slice, Place(range.Start), End(range.End));

        /// <summary>Positions start to end - 1.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => new(IndexKind.Slice, range.start, range.end);

        /// <summary>Positions in an integer tensor, or true elements of a boolean one.</summary>
        public static TensorIndex Tensor(torch.Tensor tensor) => new(IndexKind.Tensor, positions: tensor);

        /// <summary>One position.</summary>
        public static implicit operator TensorIndex(long value) => new(IndexKind.Single, value);

        /// <summary>One position, also from the end.</summary>
        public static implicit operator TensorIndex(Index index) => new(IndexKind.Single, Place(index));

        /// <summary>Positions of a range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>Positions start to end - 1.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        private static long Place(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        private static long? End(Index index) => index is { IsFromEnd: true, Value: 0 } ? null : Place(index);
    }
}
