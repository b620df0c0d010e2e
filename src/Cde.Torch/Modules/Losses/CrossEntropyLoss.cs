using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Mean over rows of -log softmax(row)[target].</summary>
public sealed class CrossEntropyLoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    /// <summary>Makes the loss.</summary>
    /// <param name="weight">Weight of each class, (classes).</param>
    /// <param name="ignore_index">Target that counts as no row; -100 by default.</param>
    /// <param name="reduction">Mean, sum, or one loss a row.</param>
    /// <param name="label_smoothing">Share of the target spread evenly over the classes, from 0 to 1.</param>
    public CrossEntropyLoss(
        Tensor? weight = null, long? ignore_index = null, nn.Reduction reduction = nn.Reduction.Mean, double label_smoothing = 0.0)
        : base(weight, reduction)
    {
        this.ignore_index = ignore_index;
        this.label_smoothing = label_smoothing;
    }

    /// <summary>Target that counts as no row; null for -100.</summary>
    public long? ignore_index { get; }

    /// <summary>Share of the target spread evenly over the classes.</summary>
    public double label_smoothing { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) =>
        nn.functional.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
}
