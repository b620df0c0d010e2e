using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>Rows of a batch that are encoded chunk by chunk: every row is in exactly one chunk.</summary>
/// <param name="Count">How many rows.</param>
/// <param name="Chunks">The rows of each chunk. Of token vectors, the chunk with the most tokens a row comes first.</param>
/// <param name="Encode">Rows to their vectors, (b, d) or (b, T, d). Called twice for each chunk: without a graph, then with one.</param>
public sealed record ChunkedRows(int Count, IReadOnlyList<int[]> Chunks, Func<int[], Tensor> Encode)
{
    /// <summary>Texts sorted by length and cut by a budget of positions; each chunk is padded to its own longest text, and only while it is encoded.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="encode">A padded chunk to its vectors.</param>
    /// <param name="tokensPerChunk">The budget.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="device">Where the encoder lives; null is the CPU.</param>
    /// <param name="positionsPerText">Positions that the encoder runs in front of every text.</param>
    public static ChunkedRows OfTexts(
        TextRows texts, Func<PaddedBatch, Tensor> encode, int tokensPerChunk, int padId, Device? device = null, int positionsPerText = 0)
    {
        var plan = BatchPlanner.Plan([.. texts.Rows.Select(texts.Tokens.Length)], tokensPerChunk, positionsPerText: positionsPerText);
        var chunks = Enumerable.Range(0, plan.Count).Select(chunk => plan[chunk].ToArray()).ToArray();
        return new ChunkedRows(texts.Rows.Count, chunks, rows =>
        {
            using var batch = PaddedBatch.From(texts.Tokens, [.. rows.Select(row => texts.Rows[row])], padId, device);
            return encode(batch);
        });
    }
}
