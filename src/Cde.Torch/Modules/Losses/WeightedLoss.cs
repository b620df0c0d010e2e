using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A loss whose classes or elements count differently.</summary>
/// <typeparam name="T1">Type of the prediction.</typeparam>
/// <typeparam name="T2">Type of the target.</typeparam>
/// <typeparam name="TResult">Type of the loss.</typeparam>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    /// <summary>Makes a loss.</summary>
    /// <param name="weight">The weights, which the caller keeps owning.</param>
    /// <param name="reduction">What it returns.</param>
    public WeightedLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) : base(reduction) => this.weight = weight;

    /// <summary>The weights, or null.</summary>
    public Tensor? weight { get; }
}
