using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="Matryoshka"/> wraps, and where it cuts.</summary>
public sealed record MatryoshkaOptions : LossOptions
{
    /// <summary>The catalog's name of the loss that is taken at each width.</summary>
    /// <value>Default info-nce.</value>
    public string Inner { get; init; } = InfoNce.Declaration.Name;

    /// <summary>Options of the inner loss.</summary>
    /// <value>Default null: its defaults.</value>
    [JsonIgnore] // read with the inner loss' declaration
    public LossOptions? InnerOptions { get; init; }

    /// <summary>How many leading dimensions count, one entry a cut.</summary>
    /// <value>Default 768, 512, 256, 128, 64; entries above the width of the vectors are left out.</value>
    public IReadOnlyList<int> Dimensions { get; init; } = [768, 512, 256, 128, 64];

    /// <summary>The weight of each cut, not made to add to anything.</summary>
    /// <value>Default null: 1 each.</value>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>How many cuts, drawn anew each step, are taken; 0 for all.</summary>
    /// <value>Default 0.</value>
    [Range(0, 1024)]
    public int DimensionsPerStep { get; init; }

    /// <inheritdoc/>
    protected override string? Conflict() =>
        Dimensions.Count == 0 || Dimensions.Any(dimension => dimension < 1) ? "Dimensions must hold at least one number, each at least 1"
        : Weights is { } weights && weights.Count != Dimensions.Count ? $"Weights has {weights.Count} entries, Dimensions {Dimensions.Count}; give one each, or none"
        : null;

    /// <inheritdoc/>
    internal override LossOptions? WithTemperature(double value) =>
        (InnerOptions ?? LossCatalog.Get(Inner).DefaultOptions).WithTemperature(value) is { } inner ? this with { InnerOptions = inner } : null;
}

/// <summary>Matryoshka representation learning: another loss on the leading dimensions of the vectors, at several widths.</summary>
public static class Matryoshka
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<MatryoshkaOptions>(
        (batch, options) => Sum(batch, options, (inner, cut) => inner.Compute(cut, options.InnerOptions)),
        (batch, options, start, count) => Sum(batch, options, (inner, cut) => inner.Block(cut, options.InnerOptions, start, count)))
    {
        Name = "matryoshka",
        Family = LossFamily.Wrapper,
        Summary = "sum over k of weight_k inner(x[:k] / |x[:k]|)",
        Inputs = "what the inner loss reads; vectors of queries, documents, negatives and classes are cut, the rest is passed on",
        Requirements = "an inner loss on vectors",
        Relations = "vectors cut to a trained width keep most of their worth, so that one model serves several index sizes",
        Reference = "Kusupati et al. 2022; as sentence-transformers",
        Needs = LossInputs.Queries,
        Takes = LossInputs.Documents | LossInputs.Negatives | LossInputs.ClassVectors,
        CompleteOptions = (json, options) => json.TryGetProperty("innerOptions", out var inner) ? options with { InnerOptions = Inner(options).ReadOptions(inner) } : options,
        SplitsUnder = options => Inner(options).IsMeanOverQueries(options.InnerOptions),
    };

    /// <summary>Any function of vectors over cuts of them: groups (B, d) or (B, T, d), each cut and normalised, then given to <paramref name="inner"/>.</summary>
    /// <param name="groups">The batch's vectors, of one width.</param>
    /// <param name="inner">The loss at one width.</param>
    /// <param name="options">The cuts; <see cref="MatryoshkaOptions.Inner"/> is not used.</param>
    /// <param name="seed">Of the choice of cuts, where not all are taken.</param>
    public static Tensor Loss(IReadOnlyList<Tensor> groups, Func<IReadOnlyList<Tensor>, Tensor> inner, MatryoshkaOptions? options = null, long seed = 0)
    {
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        return Cuts(groups[0].size(-1), valid, seed)
            .Select(cut => inner([.. groups.Select(group => Cut(group, cut.Dimension)!)]) * cut.Weight)
            .ToArray().Aggregate((sum, term) => sum + term).MoveToOuterDisposeScope();
    }

    private static Tensor Sum(LossBatch batch, MatryoshkaOptions options, Func<LossDeclaration, LossBatch, Tensor> compute)
    {
        var inner = Inner(options);
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        foreach (var (dimension, weight) in Cuts(batch.Queries!.size(-1), options, batch.Seed))
        {
            var cut = batch with { Queries = Cut(batch.Queries, dimension), Documents = Cut(batch.Documents, dimension), Negatives = Cut(batch.Negatives, dimension), ClassVectors = Cut(batch.ClassVectors, dimension) };
            var term = compute(inner, cut) * weight;
            sum = sum is null ? term : sum + term;
        }

        return sum!.MoveToOuterDisposeScope();
    }

    private static LossDeclaration Inner(MatryoshkaOptions options)
    {
        var inner = LossCatalog.Get(options.Inner);
        return inner.Family != LossFamily.Wrapper && inner.Needs.HasFlag(LossInputs.Queries)
            ? inner
            : throw new CdeException($"loss matryoshka: Inner is {inner.Name}, which takes no vectors; choose a loss that does");
    }

    /// <summary>The cuts of a step, widest first.</summary>
    internal static IEnumerable<(int Dimension, double Weight)> Cuts(long width, MatryoshkaOptions options, long seed)
    {
        var cuts = options.Dimensions.Select((dimension, i) => (Dimension: dimension, Weight: options.Weights?[i] ?? 1.0)).Where(cut => cut.Dimension <= width).ToList();
        if (cuts.Count == 0)
            throw new CdeException($"loss matryoshka: every entry of Dimensions is above the vectors' width {width}");
        var random = new SeededRandom(seed);
        while (options.DimensionsPerStep > 0 && cuts.Count > options.DimensionsPerStep)
            cuts.RemoveAt(random.Below(cuts.Count));
        return cuts.OrderByDescending(cut => cut.Dimension);
    }

    private static Tensor? Cut(Tensor? vectors, int dimension) => vectors is null ? null : VectorScores.Unit(vectors.narrow(-1, 0, dimension));
}
