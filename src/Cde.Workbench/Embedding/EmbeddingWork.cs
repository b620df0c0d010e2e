namespace Cde.Workbench.Embedding;

/// <summary>What an embedding run computed. A resumed run counts what it did itself.</summary>
/// <param name="Texts">How many texts were encoded.</param>
/// <param name="Tokens">How many real tokens they had, special tokens and prompts included.</param>
/// <param name="Positions">How many positions the batches had, padding included (without a context's positions).</param>
/// <param name="Batches">How many batches ran.</param>
public sealed record EmbeddingWork(long Texts, long Tokens, long Positions, long Batches)
{
    /// <summary>The share of positions that were padding, 0 to 1.</summary>
    public double PaddingTax => Positions == 0 ? 0 : 1 - (double)Tokens / Positions;
}
