namespace TorchSharp;

public static partial class torch
{
    /// <summary>The 2-norm.</summary>
    public static Tensor norm(Tensor input) => input.norm();

    /// <summary>The p-norm along a dimension.</summary>
    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2f) => input.norm(dimension, keepdim, p);

    /// <summary>The variance along a dimension; unbiased divides by one less than the count.</summary>
    public static Tensor var(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    /// <summary>The variance over dimensions; unbiased divides by one less than the count.</summary>
    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    /// <summary>The standard deviation along a dimension; unbiased divides by one less than the count.</summary>
    public static Tensor std(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    /// <summary>The standard deviation over dimensions; unbiased divides by one less than the count.</summary>
    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    /// <summary>The variance and the mean along a dimension.</summary>
    public static (Tensor var, Tensor mean) var_mean(
        Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var_mean(dimensions, unbiased, keepdim, type);

    /// <summary>The standard deviation and the mean along a dimension.</summary>
    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std_mean(dimensions, unbiased, keepdim, type);

    public partial class Tensor
    {
        /// <summary>The variance and the mean along a dimension.</summary>
        public (Tensor var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean("var_mean", dim, unbiased, keepdim, type);

        /// <summary>The variance and the mean over dimensions.</summary>
        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean("var_mean", dimensions, unbiased, keepdim, type);

        /// <summary>The standard deviation and the mean along a dimension.</summary>
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean("std_mean", dim, unbiased, keepdim, type);

        /// <summary>The standard deviation and the mean over dimensions.</summary>
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean("std_mean", dimensions, unbiased, keepdim, type);

        /// <summary>The mean of the elements that are numbers, over all or one dimension.</summary>
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Op.Call("nanmean", "", this, dim, keepdim, dtype);

        /// <summary>The smallest and the largest element, over all or one dimension.</summary>
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) =>
            Op.CallPair("aminmax", "", this, dim, keepdim);

        private (Tensor Spread, Tensor Mean) SpreadAndMean(string name, Arg dimensions, bool unbiased, bool keepdim, ScalarType? type)
        {
            if (type is not { } wanted || wanted == dtype)
                return Op.CallPair(name, "dim", this, dimensions, unbiased, keepdim);
            using var converted = to_type(wanted);
            return Op.CallPair(name, "dim", converted, dimensions, unbiased, keepdim);
        }
    }

    /// <summary>The mean of the elements that are numbers, over all or one dimension.</summary>
    public static Tensor nanmean(Tensor input, int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
        input.nanmean(dim, keepdim, dtype);

    /// <summary>The smallest and the largest element, over all or one dimension.</summary>
    public static (Tensor min, Tensor max) aminmax(Tensor input, long? dim = null, bool keepdim = false) => input.aminmax(dim, keepdim);

    /// <summary>Exponentials along a dimension, divided by their sum.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
}
