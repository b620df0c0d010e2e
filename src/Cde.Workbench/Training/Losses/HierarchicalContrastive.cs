using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="HierarchicalContrastive"/> may do otherwise.</summary>
public sealed record HierarchicalContrastiveOptions : LossOptions
{
    /// <summary>What cosines are divided by.</summary>
    /// <value>Default 0.01; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.01;

    /// <summary>K: into how many disjoint random sets the dimensions are cut.</summary>
    /// <value>Default 4; from 1 to 1024.</value>
    [Range(1, 1024)]
    public int Parts { get; init; } = 4;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary><see cref="InstructorContrastive"/> on whole vectors and on random disjoint sets of their dimensions, so that every part means something.</summary>
public static class HierarchicalContrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<HierarchicalContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, options, batch.Seed))
    {
        Name = "hierarchical",
        Family = LossFamily.Contrastive,
        Summary = "instructor on the vectors plus instructor on each of K random disjoint sets of dimensions",
        Inputs = "queries (B, d); documents (B, d); hard negatives (B n, d); the step's seed",
        Requirements = "as instructor; d at least K",
        Relations = "matryoshka takes leading dimensions, always the same, in place of random sets",
        Reference = "Solatorio 2024 (GISTEmbed)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d).</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="seed">Of the sets; another one each step.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, HierarchicalContrastiveOptions? options = null, long seed = 0)
    {
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var inner = new InstructorContrastiveOptions { Temperature = valid.Temperature };
        var loss = InstructorContrastive.Loss(queries, documents, negatives, inner);
        foreach (var part in Split(queries.size(1), valid.Parts, seed))
        {
            var dimensions = tensor(part, [part.Length], device: queries.device);
            loss = loss + InstructorContrastive.Loss(queries.index_select(1, dimensions), documents.index_select(1, dimensions), negatives.index_select(1, dimensions), inner);
        }

        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>A random order of the dimensions cut into sets of d / K; a last set that would be larger than 1.2 d / K is cut once more.</summary>
    internal static IEnumerable<long[]> Split(long width, int parts, long seed)
    {
        var size = width / parts;
        if (size == 0)
            throw new CdeException($"loss hierarchical: {parts} parts of vectors with {width} dimensions; take at most {width}");
        var random = new SeededRandom(seed);
        var order = Enumerable.Range(0, (int)width).Select(i => (long)i).ToArray();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        for (var start = 0L; start < width;)
        {
            var left = width - start;
            var take = left < 1.2 * size ? left : Math.Min(size, left);
            yield return order[(int)start..(int)(start + take)];
            start += take;
        }
    }
}
