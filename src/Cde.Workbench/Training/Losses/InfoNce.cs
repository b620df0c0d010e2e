using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="InfoNce"/> may do otherwise.</summary>
public sealed record InfoNceOptions : LossOptions
{
    /// <summary>What similarities are divided by; 0.02 in cde (logit scale 50), 0.05 in sentence-transformers (scale 20), 0.01 in BGE.</summary>
    /// <value>Default 0.02; from 1e-4 to 100. An inner product is commonly taken with 1.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.02;

    /// <summary>How vectors are compared.</summary>
    /// <value>Default cosine.</value>
    public Similarity Similarity { get; init; } = Similarity.Cosine;

    /// <summary>Which documents a query's own is compared with.</summary>
    /// <value>Default in-batch.</value>
    public CandidateScope Candidates { get; init; } = CandidateScope.InBatch;

    /// <summary>Also asks each document for its query among all queries; the loss is the mean of both directions. Hard negatives stand in the first one alone.</summary>
    /// <value>Default false.</value>
    public bool IsSymmetric { get; init; }

    /// <summary>Share of the target spread evenly over all candidates that count (Szegedy et al. 2016).</summary>
    /// <value>Default 0; from 0 to 0.999.</value>
    [Range(0.0, 0.999)]
    public double LabelSmoothing { get; init; }

    /// <summary>Online hard mining: how many negatives of the highest scores count for each query; 0 for all.</summary>
    /// <value>Default 0.</value>
    [Range(0, int.MaxValue)]
    public int HardestNegatives { get; init; }

    /// <inheritdoc/>
    protected override string? Conflict() => IsSymmetric && Candidates == CandidateScope.Grouped
        ? "IsSymmetric needs the documents of the whole batch, Candidates is Grouped; choose one"
        : null;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>InfoNCE, also known as multiple negatives ranking: each query's own document against the other documents of the batch.</summary>
public static class InfoNce
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<InfoNceOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives, batch.Excluded, options),
        (batch, options, start, count) => Block(batch.Queries!, batch.Documents!, batch.Negatives, batch.Excluded, options, start, count))
    {
        Name = "info-nce",
        Family = LossFamily.Contrastive,
        Summary = "mean_i [ logsumexp_j s(q_i, c_j) / t - s(q_i, d_i) / t ], c the documents and hard negatives of the batch",
        Inputs = "queries (B, d); documents (B, d), row i answers query i; hard negatives (B n, d), a query's n together; excluded (B, B) or (B, B + B n)",
        Requirements = "pairs whose documents do not answer each other's queries, or excluded where they do; the more pairs in a batch, the harder the task",
        Relations = "multiple negatives ranking with scale 1/t; SimCSE where both texts are one text; cde-contrastive where several documents may answer; guided where a frozen model finds false negatives",
        Reference = "van den Oord et al. 2018; Henderson et al. 2017; Karpukhin et al. 2020",
        Needs = LossInputs.Queries | LossInputs.Documents,
        Takes = LossInputs.Negatives | LossInputs.Excluded,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d), query 0's first; null for none.</param>
    /// <param name="excluded">(B, B) or (B, B + B n) booleans: true where a candidate must not count as a negative. The own document always counts.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">Shapes do not fit together.</exception>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor? negatives = null, Tensor? excluded = null, InfoNceOptions? options = null) =>
        Block(queries, documents, negatives, excluded, options, 0, queries.size(0));

    /// <summary>As <see cref="Loss"/>, the mean over <paramref name="count"/> queries from <paramref name="start"/> on.</summary>
    public static Tensor Block(Tensor queries, Tensor documents, Tensor? negatives, Tensor? excluded, InfoNceOptions? options, long start, long count)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var loss = Forward(queries, documents, negatives, excluded, valid, start, count);
        if (valid.IsSymmetric)
            loss = (loss + Forward(documents, queries, null, excluded?.narrow(1, 0, queries.size(0)).t(), valid, start, count)) / 2;
        return loss.MoveToOuterDisposeScope();
    }

    private static Tensor Forward(Tensor queries, Tensor documents, Tensor? negatives, Tensor? excluded, InfoNceOptions options, long start, long count)
    {
        var (total, own) = (queries.size(0), queries.narrow(0, start, count)); // (A, d)
        if (options.Candidates == CandidateScope.Grouped)
        {
            if (negatives is null)
                throw new CdeException("loss info-nce: Candidates is Grouped but there are no hard negatives; give some, or take InBatch");
            var n = VectorScores.NegativesPerQuery(documents, negatives);
            var group = VectorScores.Own(own, documents.narrow(0, start, count), negatives.narrow(0, start * n, count * n), options.Similarity) / options.Temperature; // (A, 1 + n)
            return CandidateCrossEntropy.Mean(group, zeros(count, dtype: ScalarType.Int64, device: queries.device), null, options.LabelSmoothing, options.HardestNegatives);
        }

        var candidates = negatives is null ? documents : cat([documents, negatives], 0); // (N, d)
        var scores = VectorScores.Matrix(own, candidates, options.Similarity) / options.Temperature; // (A, N)
        return CandidateCrossEntropy.Mean(
            scores,
            arange(start, start + count, dtype: ScalarType.Int64, device: queries.device),
            CandidateMask.Of(options.Candidates, excluded, total, candidates.size(0), start, count, queries.device),
            options.LabelSmoothing,
            options.HardestNegatives);
    }
}
