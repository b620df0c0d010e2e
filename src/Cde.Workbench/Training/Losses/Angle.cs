using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="Angle"/> may do otherwise.</summary>
public sealed record AngleOptions : LossOptions
{
    /// <summary>What angle similarities are multiplied by.</summary>
    /// <value>Default 20; from 1e-2 to 1e4.</value>
    [Range(1e-2, 1e4)]
    public double Scale { get; init; } = 20;
}

/// <summary>AnglE: as <see cref="CoSent"/>, with the angle between vectors read as complex numbers, whose gradient does not vanish where the cosine's does.</summary>
public static class Angle
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<AngleOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Labels!, options))
    {
        Name = "angle",
        Family = LossFamily.ScoredPairs,
        Summary = "log(1 + sum over label_i < label_j of exp(scale (a_i - a_j))), a = |sum of both parts of the normalised quotient z / w|, z and w the vectors' halves as real and imaginary parts",
        Inputs = "first texts (B, d); second texts (B, d), d even; labels (B), any scale",
        Requirements = "at least two different labels in a batch",
        Relations = "cosent with another similarity; commonly trained together with it",
        Reference = "Li and Li 2023 (AnglE)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Labels,
    };

    /// <summary>The loss.</summary>
    /// <param name="first">(B, d), d even.</param>
    /// <param name="second">(B, d).</param>
    /// <param name="labels">(B), the larger the more similar.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">d is odd.</exception>
    public static Tensor Loss(Tensor first, Tensor second, Tensor labels, AngleOptions? options = null)
    {
        VectorScores.RequirePairs(first, second);
        var scale = LossOptions.Valid(options).Scale;
        using var scope = NewDisposeScope();
        return PairOrder.Loss(Similarity(first, second) * scale, PairOrder.Of(labels)).MoveToOuterDisposeScope();
    }

    /// <summary>The angle similarity of each pair: (B, d) and (B, d) -> (B).</summary>
    /// <exception cref="ArgumentException">d is odd.</exception>
    public static Tensor Similarity(Tensor first, Tensor second)
    {
        if (first.size(1) % 2 != 0)
            throw new ArgumentException($"loss angle: vectors of {first.size(1)} dimensions have no halves; d must be even");
        using var scope = NewDisposeScope();
        var (a, b) = Halves(first); // z = a + ib
        var (c, d) = Halves(second); // w = c + id
        var square = (c * c + d * d).sum(1, keepdim: true); // |w|^2
        var real = (a * c + b * d) / square;
        var imaginary = (b * c - a * d) / square;
        var lengthFirst = (a * a + b * b).sum(1, keepdim: true).sqrt();
        var ratio = lengthFirst / square.sqrt(); // |z| / |w|
        return cat([real / ratio, imaginary / ratio], 1).sum(1).abs().MoveToOuterDisposeScope();
    }

    private static (Tensor Real, Tensor Imaginary) Halves(Tensor x)
    {
        var parts = x.chunk(2, 1);
        return (parts[0], parts[1]);
    }
}
