using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The arithmetic that Adam and AdamW share.</summary>
internal static class AdamStep
{
    /// <summary>One step on one parameter, all in place but for one temporary of its size.</summary>
    /// <remarks>
    /// p -= lr/c1 · m / (sqrt(v)/sqrt(c2) + eps), computed as p -= lr·sqrt(c2)/c1 · m / (sqrt(v) + eps·sqrt(c2)):
    /// one pass over memory less. c1 and c2 are the bias corrections 1 - beta^step (Kingma and Ba 2015, end of section 2).
    /// </remarks>
    public static void Apply(
        Tensor parameter, Tensor gradient, Tensor average, Tensor averageSquare, Tensor? largestAverageSquare, long step,
        double learningRate, double beta1, double beta2, double eps, bool maximize)
    {
        double correction1 = 1 - Math.Pow(beta1, step);
        double rootOfCorrection2 = Math.Sqrt(1 - Math.Pow(beta2, step));
        average.mul_(beta1).add_(gradient, (maximize ? -1 : 1) * (1 - beta1));
        averageSquare.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        if (largestAverageSquare is not null) Largest(largestAverageSquare, averageSquare);
        using var denominator = (largestAverageSquare ?? averageSquare).sqrt();
        denominator.add_(eps * rootOfCorrection2);
        parameter.addcdiv_(average, denominator, -learningRate * rootOfCorrection2 / correction1);
    }

    /// <summary>Refuses settings outside their ranges.</summary>
    public static void RequireSettings(double lr, double beta1, double beta2, double eps, double weight_decay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lr);
        ArgumentOutOfRangeException.ThrowIfNegative(eps);
        ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
        RequireBeta(beta1, nameof(beta1));
        RequireBeta(beta2, nameof(beta2));
    }

    private static void Largest(Tensor largest, Tensor other)
    {
        using var maximum = largest.maximum(other);
        largest.copy_(maximum);
    }

    private static void RequireBeta(double beta, string name)
    {
        if (!(beta >= 0 && beta < 1)) throw new ArgumentOutOfRangeException(name, beta, $"{name} must lie in 0 to below 1.");
    }
}
