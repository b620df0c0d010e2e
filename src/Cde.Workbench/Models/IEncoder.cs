using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// What turns padded token batches into vectors: a loaded model, or a stand-in of the same shape. A plain encoder implements
/// <see cref="Encode"/>; a contextual one (<see cref="IsContextual"/>) the two stages. Legend: B batch, T tokens, C context size in
/// documents, t vectors a document, d width.
/// </summary>
/// <remarks>The caller owns every tensor that a method returns. Methods are called on one thread at a time, without gradients.</remarks>
public interface IEncoder : IDisposable
{
    /// <summary>The model's name, as a person reads it.</summary>
    string Name { get; }

    /// <summary>Content hash of the weights, the configuration and the tokenizer: equal hashes give equal vectors.</summary>
    string Hash { get; }

    /// <summary>The width d of the vectors that come out.</summary>
    int Dimension { get; }

    /// <summary>The longest text in tokens, special tokens included; longer texts are cut.</summary>
    int MaxTokens { get; }

    /// <summary>The tokenizer that the model was trained with.</summary>
    ITokenizer Tokenizer { get; }

    /// <summary>Texts put in front, by prompt name: "query" and "document" where the model was trained with prompts.</summary>
    IReadOnlyDictionary<string, string> Prompts { get; }

    /// <summary>Whether texts pass through <see cref="IdentifierSplitter"/> before the tokenizer.</summary>
    bool SplitIdentifiers { get; }

    /// <summary>The device that holds the weights.</summary>
    Device Device { get; }

    /// <summary>The floating point type that the encoder computes in.</summary>
    ScalarType Precision { get; }

    /// <summary>
    /// What the weights are kept in and the vectors computed with, as provenance names it: <see cref="Precision"/>'s name, or <c>float16</c>, <c>int8</c>, <c>int4</c>, <c>nf4</c> for
    /// weights that are rounded while products are taken in float32.
    /// </summary>
    string PrecisionName => Precision.ToString().ToLowerInvariant();

    /// <summary>Whether the model's vectors depend on a context: first-stage vectors, corpus statistics, or both.</summary>
    bool IsContextual { get; }

    /// <summary>C: how many documents a context holds; 0 for a plain encoder.</summary>
    int ContextSize { get; }

    /// <summary>t: how many first-stage vectors a context document gives; 0 for a plain encoder and for one that sees statistics alone.</summary>
    int TokensPerDocument { get; }

    /// <summary>Whether a context carries <see cref="ContextStatistics"/> for this model.</summary>
    bool UsesStatistics { get; }

    /// <summary>Encodes texts without a context: (B, T) -> (B, d), pooled, not normalised.</summary>
    /// <exception cref="CdeException">The model is contextual.</exception>
    Tensor Encode(PaddedBatch batch);

    /// <summary>Encodes context documents: (C, T) -> (C*t, width of the second stage), a document's t vectors one after the other.</summary>
    /// <exception cref="CdeException">The model is not contextual.</exception>
    Tensor EncodeFirstStage(PaddedBatch batch);

    /// <summary>
    /// Readies a context for the second stage, with what depends on the context alone computed once where the model allows it.
    /// <paramref name="contextVectors"/> is (C*t, width), or null for the null context and for a model without a first stage; it stays the caller's.
    /// <paramref name="statistics"/> is the corpus statistics of the context where the model sees them; null for an unknown corpus.
    /// </summary>
    PreparedContext Prepare(Tensor? contextVectors, ContextStatistics? statistics = null);

    /// <summary>Encodes texts given a context: (B, T) -> (B, d), pooled, not normalised.</summary>
    Tensor EncodeSecondStage(PaddedBatch batch, PreparedContext context);
}
