using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>How the margin of <see cref="Guided"/> is taken off the guide's similarity of the own pair.</summary>
public enum GuideMargin
{
    /// <summary>Subtracted.</summary>
    Absolute,

    /// <summary>As a share of it.</summary>
    Relative,
}

/// <summary>What <see cref="Guided"/> adds for triplets chosen by the guide.</summary>
public enum GuidedTriplet
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A hinge on the worst positive and the worst negative of each query.</summary>
    Hardest,

    /// <summary>As <see cref="Hardest"/>, with what is outside a set counted as similarity 0, as GISTEmbed's code does: it depends on the order of the batch.</summary>
    HardestAsPublished,

    /// <summary>A hinge on the mean positive and the mean negative of each query.</summary>
    Mean,
}

/// <summary>What <see cref="Guided"/> may do otherwise.</summary>
public sealed record GuidedOptions : LossOptions
{
    /// <summary>What cosines are divided by.</summary>
    /// <value>Default 0.01, GISTEmbed's; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.01;

    /// <summary>How far below the guide's similarity of the own pair a candidate already counts as a false negative.</summary>
    /// <value>Default 0; from 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double Margin { get; init; }

    /// <summary>How <see cref="Margin"/> is taken off.</summary>
    /// <value>Default absolute.</value>
    public GuideMargin MarginStrategy { get; init; } = GuideMargin.Absolute;

    /// <summary>Whether other queries are candidates of a query.</summary>
    /// <value>Default true.</value>
    public bool ContrastsQueries { get; init; } = true;

    /// <summary>Whether each document is compared with the other documents.</summary>
    /// <value>Default true.</value>
    public bool ContrastsDocuments { get; init; } = true;

    /// <summary>Only candidates that the student itself scores at least as high as the own pair count.</summary>
    /// <value>Default false.</value>
    public bool HardNegativesOnly { get; init; }

    /// <summary>The triplets that are added. They need a guide and hard negatives.</summary>
    /// <value>Default none.</value>
    public GuidedTriplet Triplet { get; init; } = GuidedTriplet.None;

    /// <summary>Of the triplets, in cosine distance.</summary>
    /// <value>Default 0.2; from 0 to 2.</value>
    [Range(0.0, 2.0)]
    public double TripletMargin { get; init; } = 0.2;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>GISTEmbed: in-batch negatives of four kinds, without those that a frozen guide model finds closer than the own pair.</summary>
public static class Guided
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<GuidedOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives, batch.Guide, options),
        (batch, options, start, count) => Block(batch.Queries!, batch.Documents!, batch.Negatives, batch.Guide, options, start, count))
    {
        Name = "guided",
        Family = LossFamily.Contrastive,
        Summary = "mean_i [ logsumexp over cos(q_i, d_j), cos(q_i, n_j), cos(q_i, q_j), cos(d_i, d_j) over t - cos(q_i, d_i) / t ], without what the guide scores above its own cos(q_i, d_i)",
        Inputs = "queries (B, d); documents (B, d); hard negatives (B n, d); the guide's vectors of the same texts, of any width",
        Requirements = "a guide better than the student on this data, which gets the texts without the student's prompts",
        Relations = "GTE's improved contrastive loss where there is no guide; cde-contrastive with a filter outside the loss; info-nce where queries and documents are not contrasted among themselves",
        Reference = "Solatorio 2024 (GISTEmbed); the margins as in sentence-transformers and NV-Retriever (Moreira et al. 2024)",
        Needs = LossInputs.Queries | LossInputs.Documents,
        Takes = LossInputs.Negatives | LossInputs.Guide,
        SplitsUnder = options => options.Triplet != GuidedTriplet.Mean, // whose mean is over the queries that have both sets
    };

    /// <summary>The loss, in nats (and, with triplets, cosine distances).</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d); null for none.</param>
    /// <param name="guide">The guide's vectors; null masks nothing but a text's similarity with itself.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">Shapes do not fit together.</exception>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor? negatives = null, GuideVectors? guide = null, GuidedOptions? options = null) =>
        Block(queries, documents, negatives, guide, options, 0, queries.size(0));

    /// <summary>As <see cref="Loss"/>, the mean over <paramref name="count"/> queries from <paramref name="start"/> on; not with mean triplets.</summary>
    public static Tensor Block(Tensor queries, Tensor documents, Tensor? negatives, GuideVectors? guide, GuidedOptions? options, long start, long count)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        if (valid.Triplet != GuidedTriplet.None && (guide?.Negatives is null || negatives is null))
            throw new CdeException($"loss guided: Triplet is {valid.Triplet}, which needs hard negatives and a guide's vectors of them; give both, or take None");
        using var scope = NewDisposeScope();
        var similarities = GuidedScores.Of(queries, documents, negatives, valid, start, count);
        var judged = guide is null ? null : GuidedScores.OfGuide(guide, negatives is not null, valid, start, count);
        var masked = GuidedScores.Masked(similarities, judged, valid, start); // (A, columns)
        var scores = (similarities.All / valid.Temperature).masked_fill(masked, CandidateCrossEntropy.Masked);
        var targets = arange(start, start + count, dtype: ScalarType.Int64, device: queries.device);
        var loss = nn.functional.cross_entropy(scores, targets);
        if (valid.Triplet != GuidedTriplet.None)
            loss = loss + GuidedTriplets.Hinge(similarities, judged!, valid, start);
        return loss.MoveToOuterDisposeScope();
    }
}
