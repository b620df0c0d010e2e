namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>x where the condition is true, else y.</summary>
        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

        /// <summary>A dimension sorted, and where its elements stood; stable keeps the order of equals.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Op.CallPair("sort", "stable", this, stable, dim, descending);

        /// <summary>The k-th smallest element of a dimension, the last if none is named, and where it stands.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Op.CallPair("kthvalue", "", this, k, dim ?? -1, keepdim);

        /// <summary>The different elements, and if asked where each element went and how often each occurs.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var found = dim is { } one
                ? Op.CallMany("unique_dim", "", this, one, sorted, return_inverse, return_counts)
                : Op.CallMany("_unique2", "", this, sorted, return_inverse, return_counts);
            return Wanted(found, return_inverse, return_counts);
        }

        /// <summary>The elements without repetitions of their neighbours.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Wanted(Op.CallMany("unique_consecutive", "", this, return_inverse, return_counts, dim), return_inverse, return_counts);

        private static (Tensor Output, Tensor? Inverse, Tensor? Counts) Wanted(Tensor[] found, bool inverse, bool counts)
        {
            if (!inverse)
                found[1].Dispose();
            if (!counts)
                found[2].Dispose();
            return (found[0], inverse ? found[1] : null, counts ? found[2] : null);
        }
    }

    /// <summary>A dimension sorted, and where its elements stood; stable keeps the order of equals.</summary>
    public static (Tensor values, Tensor indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) =>
        input.sort(dim, descending, stable);

    /// <summary>The different elements, and if asked where each element went and how often each occurs.</summary>
    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    /// <summary>Where values would be inserted in a sorted sequence.</summary>
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Op.Call("searchsorted", "Tensor", sorted_sequence, values, out_int32, right, Arg.None, sorter);
}
