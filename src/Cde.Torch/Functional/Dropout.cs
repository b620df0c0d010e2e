namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>In training, zeroes each element with probability p and scales the others by 1/(1-p); else returns the input.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">Probability of a zero, from 0 to 1.</param>
            /// <param name="training">Whether anything is done at all.</param>
            /// <param name="inplace">Whether the input is overwritten.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Op.Mutate("dropout_", "", input, p, training) : Op.Call("dropout", "", input, p, training);
        }
    }
}
