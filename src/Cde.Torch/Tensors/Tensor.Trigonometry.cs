namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sines.</summary>
        public Tensor sin() => Op.Call("sin", "", this);

        /// <summary>Sines, in place.</summary>
        public Tensor sin_() => Op.Mutate("sin_", "", this);

        /// <summary>Cosines.</summary>
        public Tensor cos() => Op.Call("cos", "", this);

        /// <summary>Cosines, in place.</summary>
        public Tensor cos_() => Op.Mutate("cos_", "", this);

        /// <summary>Tangents.</summary>
        public Tensor tan() => Op.Call("tan", "", this);

        /// <summary>Tangents, in place.</summary>
        public Tensor tan_() => Op.Mutate("tan_", "", this);

        /// <summary>Arc sines.</summary>
        public Tensor asin() => Op.Call("asin", "", this);

        /// <summary>Arc sines, in place.</summary>
        public Tensor asin_() => Op.Mutate("asin_", "", this);

        /// <summary>Arc cosines.</summary>
        public Tensor acos() => Op.Call("acos", "", this);

        /// <summary>Arc cosines, in place.</summary>
        public Tensor acos_() => Op.Mutate("acos_", "", this);

        /// <summary>Arc tangents.</summary>
        public Tensor atan() => Op.Call("atan", "", this);

        /// <summary>Arc tangents, in place.</summary>
        public Tensor atan_() => Op.Mutate("atan_", "", this);

        /// <summary>Arc sines.</summary>
        public Tensor arcsin() => Op.Call("arcsin", "", this);

        /// <summary>Arc sines, in place.</summary>
        public Tensor arcsin_() => Op.Mutate("arcsin_", "", this);

        /// <summary>Arc cosines.</summary>
        public Tensor arccos() => Op.Call("arccos", "", this);

        /// <summary>Arc cosines, in place.</summary>
        public Tensor arccos_() => Op.Mutate("arccos_", "", this);

        /// <summary>Arc tangents.</summary>
        public Tensor arctan() => Op.Call("arctan", "", this);

        /// <summary>Arc tangents, in place.</summary>
        public Tensor arctan_() => Op.Mutate("arctan_", "", this);

        /// <summary>Hyperbolic sines.</summary>
        public Tensor sinh() => Op.Call("sinh", "", this);

        /// <summary>Hyperbolic sines, in place.</summary>
        public Tensor sinh_() => Op.Mutate("sinh_", "", this);

        /// <summary>Hyperbolic cosines.</summary>
        public Tensor cosh() => Op.Call("cosh", "", this);

        /// <summary>Hyperbolic cosines, in place.</summary>
        public Tensor cosh_() => Op.Mutate("cosh_", "", this);

        /// <summary>Hyperbolic tangents.</summary>
        public Tensor tanh() => Op.Call("tanh", "", this);

        /// <summary>Hyperbolic tangents, in place.</summary>
        public Tensor tanh_() => Op.Mutate("tanh_", "", this);

        /// <summary>Inverse hyperbolic sines.</summary>
        public Tensor asinh() => Op.Call("asinh", "", this);

        /// <summary>Inverse hyperbolic sines, in place.</summary>
        public Tensor asinh_() => Op.Mutate("asinh_", "", this);

        /// <summary>Inverse hyperbolic cosines.</summary>
        public Tensor acosh() => Op.Call("acosh", "", this);

        /// <summary>Inverse hyperbolic cosines, in place.</summary>
        public Tensor acosh_() => Op.Mutate("acosh_", "", this);

        /// <summary>Inverse hyperbolic tangents.</summary>
        public Tensor atanh() => Op.Call("atanh", "", this);

        /// <summary>Inverse hyperbolic tangents, in place.</summary>
        public Tensor atanh_() => Op.Mutate("atanh_", "", this);

        /// <summary>The angle of the point (other, x).</summary>
        public Tensor atan2(Tensor other) => Op.Call("atan2", "", this, other);

        /// <summary>The angle of the point (other, x), in place.</summary>
        public Tensor atan2_(Tensor other) => Op.Mutate("atan2_", "", this, other);

        /// <summary>The angle of the point (other, x).</summary>
        public Tensor arctan2(Tensor other) => Op.Call("arctan2", "", this, other);

        /// <summary>The angle of the point (other, x), in place.</summary>
        public Tensor arctan2_(Tensor other) => Op.Mutate("arctan2_", "", this, other);

        /// <summary>The length of the hypotenuse.</summary>
        public Tensor hypot(Tensor other) => Op.Call("hypot", "", this, other);
    }
}
