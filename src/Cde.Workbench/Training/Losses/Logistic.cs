using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="Logistic"/> compares a query's document with.</summary>
public enum LogisticNegatives
{
    /// <summary>The query's own hard negatives.</summary>
    Own,

    /// <summary>The hard negatives of all queries (open-retrievals' triplet loss).</summary>
    All,

    /// <summary>All documents of the batch, the own one included (open-retrievals' cosine similarity loss).</summary>
    Documents,
}

/// <summary>What <see cref="Logistic"/> may do otherwise.</summary>
public sealed record LogisticOptions : LossOptions
{
    /// <summary>How vectors are compared.</summary>
    /// <value>Default cosine.</value>
    public Similarity Similarity { get; init; } = Similarity.Cosine;

    /// <summary>What differences of similarities are divided by.</summary>
    /// <value>Default 0.05; from 1e-4 to 100. An inner product is commonly taken with 1.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.05;

    /// <summary>Added to the probability: a margin in probability, which lets the loss fall below 0.</summary>
    /// <value>Default 0; from 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double Margin { get; init; }

    /// <summary>What a query's document is compared with.</summary>
    /// <value>Default own.</value>
    public LogisticNegatives Negatives { get; init; } = LogisticNegatives.Own;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>The pairwise logistic loss: the probability that the document beats the negative.</summary>
public static class Logistic
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<LogisticOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives, options))
    {
        Name = "logistic",
        Family = LossFamily.Triplets,
        Summary = "mean -log(sigmoid((s(q_i, d_i) - s(q_i, n_j)) / t) + margin)",
        Inputs = "queries (B, d); documents (B, d); negatives (B n, d) unless the documents stand for them",
        Requirements = "hard negatives, unless the documents stand for them",
        Relations = "a smooth margin-ranking; bpr on given scores, as a sum; ranknet's loss on triplets",
        Reference = "Burges et al. 2005 (RankNet); the options as open-retrievals",
        Needs = LossInputs.Queries | LossInputs.Documents,
        Takes = LossInputs.Negatives,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d); null where <see cref="LogisticOptions.Negatives"/> are the documents.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="CdeException">There are no negatives.</exception>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor? negatives = null, LogisticOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        if (negatives is null && valid.Negatives != LogisticNegatives.Documents)
            throw new CdeException($"loss logistic: Negatives is {valid.Negatives} but the batch has no hard negatives; give some, or take Documents");
        using var scope = NewDisposeScope();
        var others = valid.Negatives switch
        {
            LogisticNegatives.Own => VectorScores.Own(queries, documents, negatives, valid.Similarity).narrow(1, 1, negatives!.size(0) / documents.size(0)), // (B, n)
            LogisticNegatives.All => VectorScores.Matrix(queries, negatives!, valid.Similarity), // (B, B n)
            _ => VectorScores.Matrix(queries, documents, valid.Similarity), // (B, B)
        };
        var differences = (VectorScores.Pairs(queries, documents, valid.Similarity).unsqueeze(1) - others) / valid.Temperature;
        var logs = valid.Margin == 0 ? nn.functional.logsigmoid(differences) : (differences.sigmoid() + valid.Margin).log();
        return (-logs.mean()).MoveToOuterDisposeScope();
    }
}
