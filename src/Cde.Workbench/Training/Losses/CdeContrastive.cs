using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="CdeContrastive"/> may do otherwise.</summary>
public sealed record CdeContrastiveOptions : LossOptions
{
    /// <summary>What cosines are divided by: 1 / logit scale.</summary>
    /// <value>Default 0.02, cde's logit scale 50; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.02;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>The loss of contextual document embeddings: in-batch negatives, several documents that may answer a query, false negatives left out.</summary>
public static class CdeContrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<CdeContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Relevant!, batch.Excluded, options),
        (batch, options, start, count) => Block(batch.Queries!, batch.Documents!, batch.Relevant!, batch.Excluded, options, start, count))
    {
        Name = "cde-contrastive",
        Family = LossFamily.Contrastive,
        Summary = "mean_i sum_j y_ij [ logsumexp_k cos(q_i, d_k) / t - cos(q_i, d_j) / t ], y_i even over the documents that answer query i, excluded k left out",
        Inputs = "queries (B, d); documents (N, d), hard negatives among them; relevant (B, N); excluded (B, N)",
        Requirements = "every query has a relevant document that is not excluded; ContrastiveLabels builds both matrices from document ids and a guide's vectors",
        Relations = "info-nce where document i alone answers query i; guided decides what to exclude inside the loss",
        Reference = "Morris and Rush 2024, section 3",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Relevant,
        Takes = LossInputs.Excluded,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(N, d), N at least 1.</param>
    /// <param name="relevant">(B, N) booleans: where document j answers query i; each row has at least one.</param>
    /// <param name="excluded">(B, N) booleans: where document j counts for nothing; null for none.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">Shapes do not fit together.</exception>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor relevant, Tensor? excluded = null, CdeContrastiveOptions? options = null) =>
        Block(queries, documents, relevant, excluded, options, 0, queries.size(0));

    /// <summary>As <see cref="Loss"/>, the mean over <paramref name="count"/> queries from <paramref name="start"/> on.</summary>
    public static Tensor Block(Tensor queries, Tensor documents, Tensor relevant, Tensor? excluded, CdeContrastiveOptions? options, long start, long count)
    {
        long[] shape = [queries.size(0), documents.size(0)];
        if (!relevant.shape.SequenceEqual(shape) || excluded?.shape.SequenceEqual(shape) == false)
            throw new ArgumentException($"relevant and excluded must be ({shape[0]}, {shape[1]}), one row a query and one column a document");
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var logits = Scores(queries.narrow(0, start, count), documents, valid); // (A, N)
        if (excluded is not null)
            logits = logits.masked_fill(excluded.narrow(0, start, count).to_type(ScalarType.Bool), CandidateCrossEntropy.Masked);
        var targets = relevant.narrow(0, start, count).to_type(logits.dtype);
        return nn.functional.cross_entropy(logits, targets / targets.sum(1, keepdim: true)).MoveToOuterDisposeScope();
    }

    /// <summary>Cosines divided by the temperature, nothing excluded: (B, d) and (N, d) -> (B, N).</summary>
    public static Tensor Scores(Tensor queries, Tensor documents, CdeContrastiveOptions? options = null) =>
        VectorScores.Matrix(queries, documents, Search.Similarity.Cosine) / (options ?? new()).Temperature;
}
