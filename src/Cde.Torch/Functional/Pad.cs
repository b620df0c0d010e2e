namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Adds elements around the last dimension, or around several, last one first: (left, right, top, bottom, ...).</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="pad">How many, two numbers a dimension; negative ones cut.</param>
            /// <param name="mode">What to add.</param>
            /// <param name="value">The constant to add.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0.0)
            {
                string how = mode switch
                {
                    PaddingModes.Zeros or PaddingModes.Constant => "constant",
                    PaddingModes.Reflect => "reflect",
                    PaddingModes.Replicate => "replicate",
                    PaddingModes.Circular => "circular",
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Unknown padding mode."),
                };
                return how == "constant"
                    ? Op.Call("pad", "", input, pad, how, mode == PaddingModes.Zeros ? 0.0 : value)
                    : Op.Call("pad", "", input, pad, how);
            }

            /// <summary>Adds elements around the last dimensions.</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0.0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>Adds as many elements on both sides of the last dimension.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0.0) =>
                functional.pad(input, [pad, pad], mode, value);

            /// <summary>Adds elements around the last dimension.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0.0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <summary>Adds elements around the last two dimensions.</summary>
            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0.0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);
        }
    }
}
