namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether elements are equal.</summary>
        public Tensor eq(Scalar target) => Op.Call("eq", "Scalar", this, target);

        /// <summary>Whether elements are equal.</summary>
        public Tensor eq(Tensor target) => Op.Call("eq", "Tensor", this, target);

        /// <summary>Whether elements are equal, in place.</summary>
        public Tensor eq_(Scalar target) => Op.Mutate("eq_", "Scalar", this, target);

        /// <summary>Whether elements are equal, in place.</summary>
        public Tensor eq_(Tensor target) => Op.Mutate("eq_", "Tensor", this, target);

        /// <summary>Whether elements differ.</summary>
        public Tensor ne(Scalar target) => Op.Call("ne", "Scalar", this, target);

        /// <summary>Whether elements differ.</summary>
        public Tensor ne(Tensor target) => Op.Call("ne", "Tensor", this, target);

        /// <summary>Whether elements differ, in place.</summary>
        public Tensor ne_(Scalar target) => Op.Mutate("ne_", "Scalar", this, target);

        /// <summary>Whether elements differ, in place.</summary>
        public Tensor ne_(Tensor target) => Op.Mutate("ne_", "Tensor", this, target);

        /// <summary>Whether elements are smaller.</summary>
        public Tensor lt(Scalar target) => Op.Call("lt", "Scalar", this, target);

        /// <summary>Whether elements are smaller.</summary>
        public Tensor lt(Tensor target) => Op.Call("lt", "Tensor", this, target);

        /// <summary>Whether elements are smaller, in place.</summary>
        public Tensor lt_(Scalar target) => Op.Mutate("lt_", "Scalar", this, target);

        /// <summary>Whether elements are smaller, in place.</summary>
        public Tensor lt_(Tensor target) => Op.Mutate("lt_", "Tensor", this, target);

        /// <summary>Whether elements are smaller or equal.</summary>
        public Tensor le(Scalar target) => Op.Call("le", "Scalar", this, target);

        /// <summary>Whether elements are smaller or equal.</summary>
        public Tensor le(Tensor target) => Op.Call("le", "Tensor", this, target);

        /// <summary>Whether elements are smaller or equal, in place.</summary>
        public Tensor le_(Scalar target) => Op.Mutate("le_", "Scalar", this, target);

        /// <summary>Whether elements are smaller or equal, in place.</summary>
        public Tensor le_(Tensor target) => Op.Mutate("le_", "Tensor", this, target);

        /// <summary>Whether elements are larger.</summary>
        public Tensor gt(Scalar target) => Op.Call("gt", "Scalar", this, target);

        /// <summary>Whether elements are larger.</summary>
        public Tensor gt(Tensor target) => Op.Call("gt", "Tensor", this, target);

        /// <summary>Whether elements are larger, in place.</summary>
        public Tensor gt_(Scalar target) => Op.Mutate("gt_", "Scalar", this, target);

        /// <summary>Whether elements are larger, in place.</summary>
        public Tensor gt_(Tensor target) => Op.Mutate("gt_", "Tensor", this, target);

        /// <summary>Whether elements are larger or equal.</summary>
        public Tensor ge(Scalar target) => Op.Call("ge", "Scalar", this, target);

        /// <summary>Whether elements are larger or equal.</summary>
        public Tensor ge(Tensor target) => Op.Call("ge", "Tensor", this, target);

        /// <summary>Whether elements are larger or equal, in place.</summary>
        public Tensor ge_(Scalar target) => Op.Mutate("ge_", "Scalar", this, target);

        /// <summary>Whether elements are larger or equal, in place.</summary>
        public Tensor ge_(Tensor target) => Op.Mutate("ge_", "Tensor", this, target);

        /// <summary>Whether elements differ.</summary>
        public Tensor not_equal(Tensor target) => Op.Call("not_equal", "Tensor", this, target);

        /// <summary>Whether elements differ, in place.</summary>
        public Tensor not_equal_(Tensor target) => Op.Mutate("not_equal_", "Tensor", this, target);

        /// <summary>Whether elements are smaller.</summary>
        public Tensor less(Tensor target) => Op.Call("less", "Tensor", this, target);

        /// <summary>Whether elements are smaller or equal.</summary>
        public Tensor less_equal(Tensor target) => Op.Call("less_equal", "Tensor", this, target);

        /// <summary>Whether elements are smaller or equal, in place.</summary>
        public Tensor less_equal_(Tensor target) => Op.Mutate("less_equal_", "Tensor", this, target);

        /// <summary>Whether elements are larger.</summary>
        public Tensor greater(Tensor target) => Op.Call("greater", "Tensor", this, target);

        /// <summary>Whether elements are larger or equal.</summary>
        public Tensor greater_equal(Tensor target) => Op.Call("greater_equal", "Tensor", this, target);

        /// <summary>Whether elements are equal within rtol |target| + atol.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Op.Call("isclose", "", this, other, rtol, atol, nanEqual);

        /// <summary>Whether all elements are equal within rtol |target| + atol.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Op.CallBoolean("allclose", "", this, target, rtol, atol, equal_nan);

        /// <summary>Whether elements are not numbers.</summary>
        public Tensor isnan() => Op.Call("isnan", "", this);

        /// <summary>Whether elements are infinite.</summary>
        public Tensor isinf() => Op.Call("isinf", "", this);

        /// <summary>Whether elements are finite numbers.</summary>
        public Tensor isfinite() => Op.Call("isfinite", "", this);

        /// <summary>Whether elements are infinity.</summary>
        public Tensor isposinf() => Op.Call("isposinf", "", this);

        /// <summary>Whether elements are minus infinity.</summary>
        public Tensor isneginf() => Op.Call("isneginf", "", this);

        /// <summary>Whether elements have no imaginary part.</summary>
        public Tensor isreal() => Op.Call("isreal", "", this);

        /// <summary>Whether elements are among the test elements.</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Op.Call("isin", "Tensor_Tensor", this, test_elements, assumeUnique, invert);

        /// <summary>Whether both elements are true.</summary>
        public Tensor logical_and(Tensor other) => Op.Call("logical_and", "", this, other);

        /// <summary>Whether both elements are true, in place.</summary>
        public Tensor logical_and_(Tensor other) => Op.Mutate("logical_and_", "", this, other);

        /// <summary>Whether either element is true.</summary>
        public Tensor logical_or(Tensor other) => Op.Call("logical_or", "", this, other);

        /// <summary>Whether either element is true, in place.</summary>
        public Tensor logical_or_(Tensor other) => Op.Mutate("logical_or_", "", this, other);

        /// <summary>Whether one element is true.</summary>
        public Tensor logical_xor(Tensor other) => Op.Call("logical_xor", "", this, other);

        /// <summary>Whether one element is true, in place.</summary>
        public Tensor logical_xor_(Tensor other) => Op.Mutate("logical_xor_", "", this, other);

        /// <summary>Whether elements are false.</summary>
        public Tensor logical_not() => Op.Call("logical_not", "", this);

        /// <summary>Whether elements are false, in place.</summary>
        public Tensor logical_not_() => Op.Mutate("logical_not_", "", this);

        /// <summary>Whether the only element is not zero.</summary>
        public bool is_nonzero() => Op.CallBoolean("is_nonzero", "", this);
    }
}
