using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>Some tokenised texts, such as the queries of a batch.</summary>
/// <param name="Tokens">All texts.</param>
/// <param name="Rows">Which of them, in the order in which vectors are wanted.</param>
public sealed record TextRows(TokenBatch Tokens, IReadOnlyList<int> Rows);

/// <summary>Texts that a two-stage model embeds in a context.</summary>
/// <param name="Texts">The texts.</param>
/// <param name="Context">Which of the batch's contexts; null for the null context.</param>
/// <param name="Buckets">Buckets (V) of the vocabulary in that context; null where the model sees no statistics.</param>
public sealed record ContextTexts(TextRows Texts, int? Context, Tensor? Buckets = null);
