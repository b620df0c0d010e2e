using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="ArcFace"/> may do otherwise.</summary>
public sealed record ArcFaceOptions : LossOptions
{
    /// <summary>What cosines are multiplied by.</summary>
    /// <value>Default 30; from 1e-2 to 1e4.</value>
    [Range(1e-2, 1e4)]
    public double Scale { get; init; } = 30;

    /// <summary>What is added to the angle between a vector and its own class, in radians.</summary>
    /// <value>Default 0.5; from 0 to 1.5.</value>
    [Range(0.0, 1.5)]
    public double Margin { get; init; } = 0.5;

    /// <summary>Whether every class has its own margin by its number of texts (<see cref="ArcFace.Margins"/>), in place of <see cref="Margin"/>.</summary>
    /// <value>Default false.</value>
    public bool DynamicMargin { get; init; }

    /// <summary>Whether the margin is given only to vectors within a right angle of their class.</summary>
    /// <value>Default false.</value>
    public bool EasyMargin { get; init; }

    /// <summary>Share of the target spread evenly over the classes. As in the original it also spreads the margin.</summary>
    /// <value>Default 0; from 0 to 0.999.</value>
    [Range(0.0, 0.999)]
    public double LabelSmoothing { get; init; }
}

/// <summary>ArcFace: classification by angle, with a margin on the own class.</summary>
public static class ArcFace
{
    /// <summary>The least squared sine: at an angle of 0 the gradient of the sine has no bound.</summary>
    private const double LeastSquare = 1e-12;

    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<ArcFaceOptions>(
        (batch, options) => Loss(batch.Queries!, batch.ClassVectors!, batch.Labels!, options, options.DynamicMargin ? BySize(batch) : null))
    {
        Name = "arcface",
        Family = LossFamily.Classes,
        Summary = "CE of scale cos(theta_own + margin) among it and scale cos(theta_k) of the other classes k",
        Inputs = "texts (B, d); class vectors (K, d), learned with the model; labels (B) int64, the class of each text",
        Requirements = "classes that are known when training starts",
        Relations = "softmax over cosines where the margin is 0; dynamicMargin gives small classes larger margins",
        Reference = "Deng et al. 2019; margins by class size as Ha et al. 2020",
        Needs = LossInputs.Queries | LossInputs.ClassVectors | LossInputs.Labels,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="vectors">(B, d).</param>
    /// <param name="classVectors">(K, d).</param>
    /// <param name="classes">(B) int64, 0 to K - 1.</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="margins">(K) radians, a margin a class, in place of the one of the options; null for that one.</param>
    public static Tensor Loss(Tensor vectors, Tensor classVectors, Tensor classes, ArcFaceOptions? options = null, Tensor? margins = null)
    {
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        return nn.functional.cross_entropy(Logits(vectors, classVectors, classes, valid, margins), Targets(classes, classVectors.size(0), valid, vectors.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>The logits that the cross-entropy gets: (B, K).</summary>
    public static Tensor Logits(Tensor vectors, Tensor classVectors, Tensor classes, ArcFaceOptions? options = null, Tensor? margins = null)
    {
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var cosines = VectorScores.Matrix(vectors, classVectors, Similarity.Cosine); // (B, K)
        var sines = (1 - cosines.square()).clamp_min(LeastSquare).sqrt();
        var margin = margins is null
            ? full([1, 1], valid.Margin, dtype: cosines.dtype, device: cosines.device)
            : margins.to_type(cosines.dtype).index_select(0, classes).unsqueeze(1); // (B, 1)
        var turned = cosines * margin.cos() - sines * margin.sin(); // cos(theta + margin)
        turned = valid.EasyMargin
            ? where(cosines.gt(0), turned, cosines)
            : where(cosines.gt((Math.PI - margin).cos()), turned, cosines - (Math.PI - margin).sin() * margin); // beyond pi - margin the cosine would rise again
        var own = Targets(classes, classVectors.size(0), valid, cosines.dtype);
        return ((own * turned + (1 - own) * cosines) * valid.Scale).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Margins that fall with the size of a class, <c>a n^-lambda + b</c>, in radians: small classes are kept farther from the others.
    /// </summary>
    /// <param name="counts">n, texts of each class; at least 1.</param>
    /// <param name="a">0.5 in Ha et al. 2020.</param>
    /// <param name="lambda">0.25 there.</param>
    /// <param name="b">0.05 there.</param>
    public static double[] Margins(IReadOnlyList<int> counts, double a = 0.5, double lambda = 0.25, double b = 0.05) =>
        [.. counts.Select(count => count > 0 ? a * Math.Pow(count, -lambda) + b : throw new ArgumentOutOfRangeException(nameof(counts), count, "every class has at least one text"))];

    private static Tensor BySize(LossBatch batch)
    {
        var sizes = batch.ClassSizes ?? throw new ArgumentException("arcface with a dynamic margin needs the number of texts of each class");
        return tensor(Margins(sizes), dtype: ScalarType.Float32, device: batch.Queries!.device);
    }

    private static Tensor Targets(Tensor classes, long count, ArcFaceOptions options, ScalarType precision)
    {
        var own = nn.functional.one_hot(classes, count).to_type(precision); // (B, K)
        return options.LabelSmoothing == 0 ? own : own * (1 - options.LabelSmoothing) + options.LabelSmoothing / count;
    }
}
