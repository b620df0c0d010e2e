using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A module that compares two inputs.</summary>
/// <typeparam name="T1">Type of the prediction.</typeparam>
/// <typeparam name="T2">Type of the target.</typeparam>
/// <typeparam name="TResult">Type of the loss.</typeparam>
public abstract class Loss<T1, T2, TResult> : nn.Module<T1, T2, TResult>
{
    /// <summary>Makes a loss.</summary>
    /// <param name="reduction">What it returns.</param>
    public Loss(nn.Reduction reduction = nn.Reduction.Mean) : base("Loss") => this.reduction = reduction;

    /// <summary>What the loss returns.</summary>
    public nn.Reduction reduction { get; }
}
