namespace Cde.Workbench.Models;

/// <summary>What a known model is for, and so which class loads it.</summary>
public enum ModelKind
{
    /// <summary>One vector a text: <see cref="EmbeddingModel"/>.</summary>
    Embedding,

    /// <summary>One vector a text given a corpus: <see cref="EmbeddingModel"/> with a context.</summary>
    Contextual,

    /// <summary>One vector a text, the mean of its tokens' without an encoder: <see cref="EmbeddingModel"/>.</summary>
    Static,

    /// <summary>One score a query and document: <see cref="Rerankers.RerankerModel"/>.</summary>
    Reranker,

    /// <summary>A vector a token, scored by MaxSim: <see cref="MultiVector.MultiVectorModel"/>.</summary>
    MultiVector,
}
