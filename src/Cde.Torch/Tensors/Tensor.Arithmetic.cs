namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum; alpha weighs the second operand.</summary>
        public Tensor add(Scalar scalar) => Op.Call("add", "Scalar", this, scalar);

        /// <summary>The sum; alpha weighs the second operand.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Op.Call("add", "Scalar", this, scalar, alpha);

        /// <summary>The sum; alpha weighs the second operand.</summary>
        public Tensor add(Tensor target) => Op.Call("add", "Tensor", this, target);

        /// <summary>The sum; alpha weighs the second operand.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Op.Call("add", "Tensor", this, target, alpha);

        /// <summary>The sum; alpha weighs the second operand, in place.</summary>
        public Tensor add_(Scalar scalar) => Op.Mutate("add_", "Scalar", this, scalar);

        /// <summary>The sum; alpha weighs the second operand, in place.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) => Op.Mutate("add_", "Scalar", this, scalar, alpha);

        /// <summary>The sum; alpha weighs the second operand, in place.</summary>
        public Tensor add_(Tensor target) => Op.Mutate("add_", "Tensor", this, target);

        /// <summary>The sum; alpha weighs the second operand, in place.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => Op.Mutate("add_", "Tensor", this, target, alpha);

        /// <summary>The difference.</summary>
        public Tensor sub(Scalar target) => Op.Call("sub", "Scalar", this, target);

        /// <summary>The difference.</summary>
        public Tensor sub(Tensor target) => Op.Call("sub", "Tensor", this, target);

        /// <summary>The difference, in place.</summary>
        public Tensor sub_(Scalar target) => Op.Mutate("sub_", "Scalar", this, target);

        /// <summary>The difference, in place.</summary>
        public Tensor sub_(Tensor target) => Op.Mutate("sub_", "Tensor", this, target);

        /// <summary>The difference.</summary>
        public Tensor subtract(Scalar target) => Op.Call("subtract", "Scalar", this, target);

        /// <summary>The difference.</summary>
        public Tensor subtract(Tensor target) => Op.Call("subtract", "Tensor", this, target);

        /// <summary>The difference, in place.</summary>
        public Tensor subtract_(Scalar target) => Op.Mutate("subtract_", "Scalar", this, target);

        /// <summary>The difference, in place.</summary>
        public Tensor subtract_(Tensor target) => Op.Mutate("subtract_", "Tensor", this, target);

        /// <summary>The product, element by element.</summary>
        public Tensor mul(Scalar target) => Op.Call("mul", "Scalar", this, target);

        /// <summary>The product, element by element.</summary>
        public Tensor mul(Tensor target) => Op.Call("mul", "Tensor", this, target);

        /// <summary>The product, element by element, in place.</summary>
        public Tensor mul_(Scalar target) => Op.Mutate("mul_", "Scalar", this, target);

        /// <summary>The product, element by element, in place.</summary>
        public Tensor mul_(Tensor target) => Op.Mutate("mul_", "Tensor", this, target);

        /// <summary>The product, element by element.</summary>
        public Tensor multiply(Scalar target) => Op.Call("multiply", "Scalar", this, target);

        /// <summary>The product, element by element.</summary>
        public Tensor multiply(Tensor target) => Op.Call("multiply", "Tensor", this, target);

        /// <summary>The quotient, as floating-point numbers.</summary>
        public Tensor true_divide(Scalar other) => Op.Call("true_divide", "Scalar", this, other);

        /// <summary>The quotient, as floating-point numbers.</summary>
        public Tensor true_divide(Tensor other) => Op.Call("true_divide", "Tensor", this, other);

        /// <summary>The quotient, as floating-point numbers, in place.</summary>
        public Tensor true_divide_(Scalar other) => Op.Mutate("true_divide_", "Scalar", this, other);

        /// <summary>The quotient, as floating-point numbers, in place.</summary>
        public Tensor true_divide_(Tensor other) => Op.Mutate("true_divide_", "Tensor", this, other);

        /// <summary>The quotient, rounded down.</summary>
        public Tensor floor_divide(Scalar other) => Op.Call("floor_divide", "Scalar", this, other);

        /// <summary>The quotient, rounded down.</summary>
        public Tensor floor_divide(Tensor other) => Op.Call("floor_divide", "", this, other);

        /// <summary>The quotient, rounded down, in place.</summary>
        public Tensor floor_divide_(Scalar other) => Op.Mutate("floor_divide_", "Scalar", this, other);

        /// <summary>The quotient, rounded down, in place.</summary>
        public Tensor floor_divide_(Tensor other) => Op.Mutate("floor_divide_", "Tensor", this, other);

        /// <summary>The remainder with the divisor's sign.</summary>
        public Tensor remainder(Scalar scalar) => Op.Call("remainder", "Scalar", this, scalar);

        /// <summary>The remainder with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Op.Call("remainder", "Tensor", this, target);

        /// <summary>The remainder with the divisor's sign, in place.</summary>
        public Tensor remainder_(Scalar scalar) => Op.Mutate("remainder_", "Scalar", this, scalar);

        /// <summary>The remainder with the divisor's sign, in place.</summary>
        public Tensor remainder_(Tensor target) => Op.Mutate("remainder_", "Tensor", this, target);

        /// <summary>The remainder with the dividend's sign.</summary>
        public Tensor fmod(Scalar scalar) => Op.Call("fmod", "Scalar", this, scalar);

        /// <summary>The remainder with the dividend's sign.</summary>
        public Tensor fmod(Tensor target) => Op.Call("fmod", "Tensor", this, target);

        /// <summary>The remainder with the dividend's sign, in place.</summary>
        public Tensor fmod_(Scalar scalar) => Op.Mutate("fmod_", "Scalar", this, scalar);

        /// <summary>The remainder with the dividend's sign, in place.</summary>
        public Tensor fmod_(Tensor target) => Op.Mutate("fmod_", "Tensor", this, target);

        /// <summary>x to a power.</summary>
        public Tensor pow(Scalar exponent) => Op.Call("pow", "Tensor_Scalar", this, exponent);

        /// <summary>x to a power.</summary>
        public Tensor pow(Tensor exponent) => Op.Call("pow", "Tensor_Tensor", this, exponent);

        /// <summary>x to a power, in place.</summary>
        public Tensor pow_(Scalar exponent) => Op.Mutate("pow_", "Scalar", this, exponent);

        /// <summary>x to a power, in place.</summary>
        public Tensor pow_(Tensor exponent) => Op.Mutate("pow_", "Tensor", this, exponent);

        /// <summary>x to a power, in double precision.</summary>
        public Tensor float_power(Tensor target) => Op.Call("float_power", "Tensor_Tensor", this, target);

        /// <summary>x to a power, in double precision, in place.</summary>
        public Tensor float_power_(Tensor target) => Op.Mutate("float_power_", "Tensor", this, target);

        /// <summary>The tensor plus value times the product of two tensors.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Call("addcmul", "", this, tensor1, tensor2, value);

        /// <summary>The tensor plus value times the product of two tensors, in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Mutate("addcmul_", "", this, tensor1, tensor2, value);

        /// <summary>The tensor plus value times the quotient of two tensors.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.Call("addcdiv", "", this, tensor1, tensor2);

        /// <summary>The tensor plus value times the quotient of two tensors.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Call("addcdiv", "", this, tensor1, tensor2, value);

        /// <summary>The tensor plus value times the quotient of two tensors, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Op.Mutate("addcdiv_", "", this, tensor1, tensor2);

        /// <summary>The tensor plus value times the quotient of two tensors, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Mutate("addcdiv_", "", this, tensor1, tensor2, value);

        /// <summary>The linear interpolation towards another tensor by a weight.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Op.Call("lerp", "Tensor", this, end, weight);

        /// <summary>The linear interpolation towards another tensor by a weight, in place.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => Op.Mutate("lerp_", "Tensor", this, end, weight);

        /// <summary>The larger element of two tensors; not-a-number passes through.</summary>
        public Tensor maximum(Tensor other) => Op.Call("maximum", "", this, other);

        /// <summary>The smaller element of two tensors; not-a-number passes through.</summary>
        public Tensor minimum(Tensor other) => Op.Call("minimum", "", this, other);

        /// <summary>The larger element of two tensors, numbers before not-a-numbers.</summary>
        public Tensor fmax(Tensor other) => Op.Call("fmax", "", this, other);

        /// <summary>The smaller element of two tensors, numbers before not-a-numbers.</summary>
        public Tensor fmin(Tensor other) => Op.Call("fmin", "", this, other);

        /// <summary>log(exp(x) + exp(y)).</summary>
        public Tensor logaddexp(Tensor other) => Op.Call("logaddexp", "", this, other);

        /// <summary>log2(2^x + 2^y).</summary>
        public Tensor logaddexp2(Tensor other) => Op.Call("logaddexp2", "", this, other);

        /// <summary>x log y; 0 where x is 0.</summary>
        public Tensor xlogy(Scalar y) => Op.Call("xlogy", "Scalar_Other", this, y);

        /// <summary>x log y; 0 where x is 0.</summary>
        public Tensor xlogy(Tensor y) => Op.Call("xlogy", "Tensor", this, y);

        /// <summary>x log y; 0 where x is 0, in place.</summary>
        public Tensor xlogy_(Scalar y) => Op.Mutate("xlogy_", "Scalar_Other", this, y);

        /// <summary>x log y; 0 where x is 0, in place.</summary>
        public Tensor xlogy_(Tensor y) => Op.Mutate("xlogy_", "Tensor", this, y);

        /// <summary>The tensor's magnitudes with the signs of another.</summary>
        public Tensor copysign(Tensor other) => Op.Call("copysign", "Tensor", this, other);

        /// <summary>The tensor's magnitudes with the signs of another, in place.</summary>
        public Tensor copysign_(Tensor other) => Op.Mutate("copysign_", "Tensor", this, other);

        /// <summary>0 below 0, 1 above, the given value at 0.</summary>
        public Tensor heaviside(Tensor other) => Op.Call("heaviside", "", this, other);

        /// <summary>0 below 0, 1 above, the given value at 0, in place.</summary>
        public Tensor heaviside_(Tensor other) => Op.Mutate("heaviside_", "", this, other);

        /// <summary>The next representable number towards another.</summary>
        public Tensor nextafter(Tensor other) => Op.Call("nextafter", "", this, other);

        /// <summary>The next representable number towards another, in place.</summary>
        public Tensor nextafter_(Tensor other) => Op.Mutate("nextafter_", "", this, other);

        /// <summary>x times 2 to a power.</summary>
        public Tensor ldexp(Tensor other) => Op.Call("ldexp", "Tensor", this, other);

        /// <summary>x times 2 to a power, in place.</summary>
        public Tensor ldexp_(Tensor other) => Op.Mutate("ldexp_", "", this, other);

        /// <summary>The greatest common divisor.</summary>
        public Tensor gcd(Tensor other) => Op.Call("gcd", "", this, other);

        /// <summary>The greatest common divisor, in place.</summary>
        public Tensor gcd_(Tensor other) => Op.Mutate("gcd_", "", this, other);

        /// <summary>The least common multiple.</summary>
        public Tensor lcm(Tensor other) => Op.Call("lcm", "", this, other);

        /// <summary>The least common multiple, in place.</summary>
        public Tensor lcm_(Tensor other) => Op.Mutate("lcm_", "", this, other);

        /// <summary>The bits set in both.</summary>
        public Tensor bitwise_and(Tensor other) => Op.Call("bitwise_and", "Tensor", this, other);

        /// <summary>The bits set in both, in place.</summary>
        public Tensor bitwise_and_(Tensor other) => Op.Mutate("bitwise_and_", "Tensor", this, other);

        /// <summary>The bits set in either.</summary>
        public Tensor bitwise_or(Tensor other) => Op.Call("bitwise_or", "Tensor", this, other);

        /// <summary>The bits set in either, in place.</summary>
        public Tensor bitwise_or_(Tensor other) => Op.Mutate("bitwise_or_", "Tensor", this, other);

        /// <summary>The bits set in one.</summary>
        public Tensor bitwise_xor(Tensor other) => Op.Call("bitwise_xor", "Tensor", this, other);

        /// <summary>The bits set in one, in place.</summary>
        public Tensor bitwise_xor_(Tensor other) => Op.Mutate("bitwise_xor_", "Tensor", this, other);

        /// <summary>The bits turned over.</summary>
        public Tensor bitwise_not() => Op.Call("bitwise_not", "", this);

        /// <summary>The bits turned over, in place.</summary>
        public Tensor bitwise_not_() => Op.Mutate("bitwise_not_", "", this);

        /// <summary>The bits shifted to the left.</summary>
        public Tensor bitwise_left_shift(Tensor other) => Op.Call("bitwise_left_shift", "Tensor", this, other);

        /// <summary>The bits shifted to the left, in place.</summary>
        public Tensor bitwise_left_shift_(Tensor other) => Op.Mutate("bitwise_left_shift_", "Tensor", this, other);

        /// <summary>The bits shifted to the right.</summary>
        public Tensor bitwise_right_shift(Tensor other) => Op.Call("bitwise_right_shift", "Tensor", this, other);

        /// <summary>The bits shifted to the right, in place.</summary>
        public Tensor bitwise_right_shift_(Tensor other) => Op.Mutate("bitwise_right_shift_", "Tensor", this, other);
    }
}
