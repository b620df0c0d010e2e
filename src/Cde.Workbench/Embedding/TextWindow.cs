using Cde.Workbench.Models;
using Cde.Workbench.Text;

namespace Cde.Workbench.Embedding;

/// <summary>Consecutive texts that are read, tokenised and sorted together.</summary>
/// <param name="Start">The row of the first.</param>
/// <param name="Tokens">Their tokens, in row order.</param>
/// <param name="Plan">Their batches; rows count from <paramref name="Start"/>.</param>
internal sealed record TextWindow(int Start, TokenBatch Tokens, BatchPlan Plan)
{
    public int Count => Tokens.Count;

    /// <summary>
    /// Reads a window: as many texts as the options allow, at least one. Where it ends depends on the texts and the options alone, so an
    /// interrupted run meets the same windows again.
    /// </summary>
    public static TextWindow Read(
        TextSource source, int start, IEncoder encoder, string prompt, int maxTokens, int positionsPerText, EmbedOptions options,
        CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        long characters = 0;
        for (var row = start; row < source.Count && texts.Count < options.WindowTexts; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = source.Checked(row);
            if ((characters += text.Length) > options.WindowCharacters && texts.Count > 0)
                break;
            texts.Add(encoder.SplitIdentifiers ? IdentifierSplitter.Split(text) : text);
        }

        var tokens = encoder.Tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = maxTokens, Prompt = prompt }, cancellationToken);
        var lengths = new int[tokens.Count];
        for (var row = 0; row < lengths.Length; row++)
            lengths[row] = tokens.Length(row);
        return new TextWindow(start, tokens, BatchPlanner.Plan(lengths, options.TokenBudget, options.MaxBatchTexts, positionsPerText));
    }
}
