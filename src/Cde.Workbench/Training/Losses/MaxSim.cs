using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="MaxSim"/> may do otherwise.</summary>
public sealed record MaxSimOptions : LossOptions
{
    /// <summary>What scores are divided by.</summary>
    /// <value>Default 0.02, open-retrievals'; 1 in ColBERT. From 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.02;

    /// <summary>Which documents a query's own is compared with.</summary>
    /// <value>Default in-batch.</value>
    public CandidateScope Candidates { get; init; } = CandidateScope.InBatch;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>ColBERT's late interaction: each query token finds its best document token; contrastive over those scores.</summary>
public static class MaxSim
{
    /// <summary>ColBERT's score of a padded document token.</summary>
    private const double Padded = -9999;

    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<MaxSimOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives, batch.DocumentMask, options),
        (batch, options, start, count) => Block(batch.Queries!, batch.Documents!, batch.Negatives, batch.DocumentMask, options, start, count))
    {
        Name = "maxsim",
        Family = LossFamily.Contrastive,
        Summary = "mean_i [ logsumexp_j S(q_i, c_j) / t - S(q_i, d_i) / t ], S(q, c) = sum over query tokens of the greatest inner product with a token of c",
        Inputs = "queries (B, S, d), token vectors of length 1, 0 where padded; documents (B, T, d); hard negatives (B n, T, d); document mask (B + B n, T)",
        Requirements = "token vectors normalised and query padding zeroed by the model, since every query token counts",
        Relations = "info-nce with another score",
        Reference = "Khattab and Zaharia 2020 (ColBERT); Santhanam et al. 2022 (ColBERTv2)",
        Needs = LossInputs.Queries | LossInputs.Documents,
        Takes = LossInputs.Negatives | LossInputs.DocumentMask,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, S, d).</param>
    /// <param name="documents">(B, T, d).</param>
    /// <param name="negatives">(B n, T, d), query 0's first; null for none.</param>
    /// <param name="documentMask">(B + B n, T), 1 on real tokens of documents, then of negatives; null where nothing is padded.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor? negatives = null, Tensor? documentMask = null, MaxSimOptions? options = null) =>
        Block(queries, documents, negatives, documentMask, options, 0, queries.size(0));

    /// <summary>As <see cref="Loss"/>, the mean over <paramref name="count"/> queries from <paramref name="start"/> on.</summary>
    public static Tensor Block(Tensor queries, Tensor documents, Tensor? negatives, Tensor? documentMask, MaxSimOptions? options, long start, long count)
    {
        var valid = LossOptions.Valid(options);
        if (queries.dim() != 3 || documents.dim() != 3 || queries.size(0) != documents.size(0))
            throw new ArgumentException($"queries must be (B, S, d) and documents (B, T, d), found ({string.Join(", ", queries.shape)}) and ({string.Join(", ", documents.shape)})");
        if (valid.Candidates == CandidateScope.Grouped && negatives is null)
            throw new CdeException("loss maxsim: Candidates is Grouped but there are no hard negatives; give some, or take InBatch");
        using var scope = NewDisposeScope();
        return Mean(queries, documents, negatives, documentMask, valid, start, count).MoveToOuterDisposeScope();
    }

    /// <summary>Each query against its own document: (B, S, d) or (1, S, d), (B, T, d), mask (B, T) -> (B).</summary>
    public static Tensor Pairs(Tensor queries, Tensor documents, Tensor? documentMask = null)
    {
        using var scope = NewDisposeScope();
        var products = matmul(documents, queries.transpose(1, 2)); // (B, T, S)
        if (documentMask is not null)
            products = products.masked_fill(documentMask.unsqueeze(-1).eq(0), Padded);
        return products.max(1).values.sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Each query against each document: (A, S, d), (N, T, d), mask (N, T) -> (A, N).</summary>
    public static Tensor Matrix(Tensor queries, Tensor documents, Tensor? documentMask = null)
    {
        using var scope = NewDisposeScope();
        var (tokens, texts) = (queries.size(1), documents.size(0));
        var products = matmul(queries.flatten(0, 1), documents.flatten(0, 1).t()) // (A S, N T)
            .unflatten(1, [texts, documents.size(1)]).unflatten(0, [queries.size(0), tokens]); // -> (A, S, N, T)
        if (documentMask is not null)
            products = products.masked_fill(documentMask.eq(0), Padded);
        return products.max(3).values.sum(1).MoveToOuterDisposeScope();
    }

    private static Tensor Mean(Tensor queries, Tensor documents, Tensor? negatives, Tensor? mask, MaxSimOptions options, long start, long count)
    {
        var (total, own) = (queries.size(0), queries.narrow(0, start, count));
        if (options.Candidates == CandidateScope.Grouped)
        {
            var n = VectorScores.NegativesPerQuery(documents, negatives!);
            var tokens = Math.Max(documents.size(1), negatives!.size(1));
            var group = cat([Pad(documents, tokens).unsqueeze(1), Pad(negatives, tokens).unflatten(0, [total, n])], 1).narrow(0, start, count); // (A, 1 + n, T, d)
            var groupMask = mask is null ? null : cat([mask.narrow(0, 0, total).unsqueeze(1), mask.narrow(0, total, total * n).unflatten(0, [total, n])], 1).narrow(0, start, count);
            var grouped = Pairs(own.repeat_interleave(1 + n, 0), group.flatten(0, 1), groupMask?.flatten(0, 1)).view(count, 1 + n) / options.Temperature;
            return nn.functional.cross_entropy(grouped, zeros(count, dtype: ScalarType.Int64, device: queries.device));
        }

        var scores = Matrix(own, documents, mask?.narrow(0, 0, total)) / options.Temperature; // (A, B)
        if (negatives is not null)
            scores = cat([scores, Matrix(own, negatives, mask?.narrow(0, total, negatives.size(0))) / options.Temperature], 1); // (A, B + B n)
        return CandidateCrossEntropy.Mean(
            scores,
            arange(start, start + count, dtype: ScalarType.Int64, device: queries.device),
            CandidateMask.Of(options.Candidates, null, total, scores.size(1), start, count, queries.device),
            labelSmoothing: 0,
            hardest: 0);
    }

    /// <summary>As many tokens as asked for, the further ones 0: (N, T, d) -> (N, tokens, d).</summary>
    private static Tensor Pad(Tensor texts, long tokens) => texts.size(1) == tokens
        ? texts
        : cat([texts, zeros([texts.size(0), tokens - texts.size(1), texts.size(2)], dtype: texts.dtype, device: texts.device)], 1);
}
