using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// <see cref="AdamStep"/> with decoupled decay in one pass over memory: 28 bytes move for a parameter instead of about 100. The same arithmetic up to the rounding of
/// one operation.
/// </summary>
internal static class FusedAdamW
{
    /// <summary>Whether these tensors can be taken: float32, on the CPU, contiguous.</summary>
    public static bool Takes(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var given in tensors)
        {
            if (given.dtype != ScalarType.Float32 || given.device_type != DeviceType.CPU || given.is_sparse || !given.is_contiguous())
                return false;
        }

        return true;
    }

    /// <summary>One step on one parameter, in place. c1 and c2 as in <see cref="AdamStep.Apply"/>.</summary>
    public static void Apply(
        Tensor parameter, Tensor gradient, Tensor average, Tensor averageSquare, long step,
        double learningRate, double beta1, double beta2, double eps, double decay, bool maximize)
    {
        var correction1 = 1 - Math.Pow(beta1, step);
        var rootOfCorrection2 = Math.Sqrt(1 - Math.Pow(beta2, step));
        var settings = new NativeAdamW
        {
            GradientScale = maximize ? -1 : 1,
            Keep = 1 - decay,
            Beta1 = beta1,
            Beta2 = beta2,
            Rate = learningRate * rootOfCorrection2 / correction1,
            Epsilon = eps * rootOfCorrection2,
        };
        NativeMethods.Check(NativeMethods.cde_adamw_step(parameter.Handle, gradient.Handle, average.Handle, averageSquare.Handle, settings));
    }
}
