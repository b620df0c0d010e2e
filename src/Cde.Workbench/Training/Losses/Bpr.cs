using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Bayesian personalised ranking: the summed log-probability that the document's score beats the negative's.</summary>
public static class Bpr
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<NoLossOptions>((batch, _) =>
    {
        using var scope = NewDisposeScope();
        var scores = VectorScores.Own(batch.Queries!, batch.Documents!, batch.Negatives!, Similarity.InnerProduct); // (B, 1 + n)
        return OfScores(scores.narrow(1, 0, 1), scores.narrow(1, 1, scores.size(1) - 1)).MoveToOuterDisposeScope();
    })
    {
        Name = "bpr",
        Family = LossFamily.Triplets,
        Summary = "-sum log sigmoid(q_i.d_i - q_i.n_ij)",
        Inputs = "queries (B, d); documents (B, d); negatives (B n, d)",
        Requirements = "as triplet. The loss is a sum: it grows with the batch",
        Relations = "logistic with inner products and temperature 1, as a mean",
        Reference = "Rendle et al. 2009",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives,
    };

    /// <summary>The loss of scores, in nats.</summary>
    /// <param name="positive">Scores of what should win.</param>
    /// <param name="negative">Scores of what should lose, broadcastable.</param>
    public static Tensor OfScores(Tensor positive, Tensor negative)
    {
        using var scope = NewDisposeScope();
        return (-nn.functional.logsigmoid(positive - negative).sum()).MoveToOuterDisposeScope();
    }
}
