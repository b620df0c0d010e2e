
namespace Cde.Workbench.Training.Losses;

/// <summary>What kind of data a loss is for.</summary>
public enum LossFamily
{
    /// <summary>Queries with documents that answer them; everything else in the batch is a negative.</summary>
    Contrastive,

    /// <summary>A query, a document that answers it, and documents that do not.</summary>
    Triplets,

    /// <summary>Pairs of texts with a similarity.</summary>
    ScoredPairs,

    /// <summary>Texts with a class.</summary>
    Classes,

    /// <summary>A teacher's scores or vectors.</summary>
    Distillation,

    /// <summary>Scores of a reranker or logits of a classifier.</summary>
    Scores,

    /// <summary>Tokens hidden from a language model.</summary>
    LanguageModel,

    /// <summary>Another loss, over parts of the vectors.</summary>
    Wrapper,
}
