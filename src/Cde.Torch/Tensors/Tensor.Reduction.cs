namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether all elements are true.</summary>
        public Tensor all() => Op.Call("all", "", this);

        /// <summary>Whether all elements are true.</summary>
        public Tensor all(long dim, bool keepdim = false) => Op.Call("all", "dim", this, dim, keepdim);

        /// <summary>Whether any element is true.</summary>
        public Tensor any() => Op.Call("any", "", this);

        /// <summary>Whether any element is true.</summary>
        public Tensor any(long dim, bool keepdim = false) => Op.Call("any", "dim", this, dim, keepdim);

        /// <summary>The sum of elements, over all or some dimensions.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Op.Call("sum", "dim_IntList", this, dim, keepdim, type);

        /// <summary>The sum of elements, over all or some dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Op.Call("sum", "dim_IntList", this, dim, keepdim, type);

        /// <summary>The sum of all elements.</summary>
        /// <exception cref="ArgumentException">The type is Byte: C# reads the 0 of <c>sum(0)</c> so.</exception>
        public Tensor sum(ScalarType? type = null) => Op.Call("sum", "", this, NotZero(type, "sum"));

        /// <summary>The sum of elements, over all or some dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Op.Call("sum", "dim_IntList", this, dim, keepdim, type);

        /// <summary>The mean of elements, over all or some dimensions.</summary>
        public Tensor mean() => Op.Call("mean", "", this);

        /// <summary>The mean of elements, over all or some dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Op.Call("mean", "dim", this, dimensions, keepdim, type);

        /// <summary>The product of elements, over all or one dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Op.Call("prod", "dim_int", this, dim, keepdim, type);

        /// <summary>The product of all elements.</summary>
        /// <exception cref="ArgumentException">The type is Byte: C# reads the 0 of <c>prod(0)</c> so.</exception>
        public Tensor prod(ScalarType? type = null) => Op.Call("prod", "", this, NotZero(type, "prod"));

        /// <summary>The largest elements over dimensions; gradients are shared among equals.</summary>
        public Tensor amax(params long[] dims) => Op.Call("amax", "", this, dims);

        /// <summary>The smallest elements over dimensions; gradients are shared among equals.</summary>
        public Tensor amin(params long[] dims) => Op.Call("amin", "", this, dims);

        /// <summary>The largest element; with a dimension, also where it stands; with a tensor, the larger of two.</summary>
        public Tensor max() => Op.Call("max", "", this);

        /// <summary>The largest element; with a dimension, also where it stands; with a tensor, the larger of two.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Op.CallPair("max", "dim", this, dim, keepdim);

        /// <summary>The largest element; with a dimension, also where it stands; with a tensor, the larger of two.</summary>
        public Tensor max(Tensor other) => Op.Call("max", "other", this, other);

        /// <summary>The smallest element; with a dimension, also where it stands; with a tensor, the smaller of two.</summary>
        public Tensor min() => Op.Call("min", "", this);

        /// <summary>The smallest element; with a dimension, also where it stands; with a tensor, the smaller of two.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Op.CallPair("min", "dim", this, dim, keepdim);

        /// <summary>The smallest element; with a dimension, also where it stands; with a tensor, the smaller of two.</summary>
        public Tensor min(Tensor other) => Op.Call("min", "other", this, other);

        /// <summary>Where the largest element stands.</summary>
        public Tensor argmax() => Op.Call("argmax", "", this);

        /// <summary>Where the largest element stands.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Op.Call("argmax", "", this, dim, keepdim);

        /// <summary>Where the smallest element stands.</summary>
        public Tensor argmin() => Op.Call("argmin", "", this);

        /// <summary>Where the smallest element stands.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Op.Call("argmin", "", this, dim, keepdim);

        /// <summary>The logarithm of the sum of exponentials along a dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Op.Call("logsumexp", "", this, dim, keepdim);

        /// <summary>The logarithms of running sums of exponentials along a dimension.</summary>
        public Tensor logcumsumexp(long dim) => Op.Call("logcumsumexp", "", this, dim);

        /// <summary>Running sums along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Op.Call("cumsum", "", this, dim, type);

        /// <summary>Running products along a dimension.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => Op.Call("cumprod", "", this, dim, type);

        /// <summary>Running maxima along a dimension and where they stand.</summary>
        public (Tensor values, Tensor indexes) cummax(long dim) => Op.CallPair("cummax", "", this, dim);

        /// <summary>Running minima along a dimension and where they stand.</summary>
        public (Tensor values, Tensor indexes) cummin(long dim) => Op.CallPair("cummin", "", this, dim);

        /// <summary>The sum of the elements that are numbers.</summary>
        public Tensor nansum() => Op.Call("nansum", "", this);

        /// <summary>The median of the elements that are numbers.</summary>
        public Tensor nanmedian() => Op.Call("nanmedian", "", this);

        /// <summary>The median; of an even number, the lower one.</summary>
        public Tensor median() => Op.Call("median", "", this);

        /// <summary>The most frequent element along a dimension and where it stands.</summary>
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => Op.CallPair("mode", "", this, dim, keepdim);

        /// <summary>Quantiles q along a dimension.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Call("quantile", "", this, q, dim, keepdim);

        /// <summary>Quantiles q of the elements that are numbers, along a dimension.</summary>
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Call("nanquantile", "", this, q, dim, keepdim);

        /// <summary>How many elements are not zero.</summary>
        public Tensor count_nonzero(long[]? dims = null) => Op.Call("count_nonzero", "dim_IntList", this, dims);

        /// <summary>How often each whole number from 0 occurs.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Op.Call("bincount", "", this, weights, minlength);

        /// <summary>Differences between neighbours along a dimension.</summary>
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Op.Call("diff", "", this, n, dim, prepend, append);

        /// <summary>The p-norm of the difference.</summary>
        public Tensor dist(Tensor other, float p = 2f) => Op.Call("dist", "", this, other, p);

        /// <summary>The variance over all elements.</summary>
        public Tensor var(bool unbiased = true) => Op.Call("var", "", this, unbiased);

        /// <summary>The standard deviation over all elements.</summary>
        public Tensor std(bool unbiased = true) => Op.Call("std", "", this, unbiased);

        /// <summary>The variance and the mean over all elements.</summary>
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Op.CallPair("var_mean", "", this, unbiased);

        /// <summary>The standard deviation and the mean over all elements.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Op.CallPair("std_mean", "", this, unbiased);

        // The constant 0 converts to an enum, and this overload has no other parameters, so sum(0) means sum(ScalarType.Byte).
        private static ScalarType? NotZero(ScalarType? type, string name) =>
            type != ScalarType.Byte ? type : throw new ArgumentException($"{name}(0) is read as {name}(ScalarType.Byte): write {name}(0L) for the first dimension");
    }
}
