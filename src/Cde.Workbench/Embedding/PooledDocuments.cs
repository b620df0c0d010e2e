using System.Runtime.InteropServices;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Pooled vectors of a first stage, each document's computed once: a document of the same tokens (prompt and text, as they were cut) is taken from the cache. Only a
/// first stage whose pooled vectors do not depend on the batch is kept so; the result is then the same, bit by bit, whatever the cache holds.
/// </summary>
internal sealed class PooledDocuments
{
    private readonly IEncoder encoder;
    private readonly IPooledFirstStage stage;
    private readonly EmbedOptions options;
    private readonly KeptVectors kept;
    private float[] buffer = [];

    private PooledDocuments(IEncoder encoder, IPooledFirstStage stage, EmbedOptions options)
    {
        (this.encoder, this.stage, this.options) = (encoder, stage, options);
        kept = new KeptVectors(options.Cache!, KeptVectors.Describe(encoder));
    }

    /// <summary>How many documents were taken from the cache.</summary>
    public int Reused { get; private set; }

    /// <summary>The pooled documents of an encoder; null where there is no cache, or where vectors depend on the batch.</summary>
    public static PooledDocuments? For(IEncoder encoder, EmbedOptions options) =>
        options.Cache is not null && encoder is IPooledFirstStage { IsBatchInvariant: true } stage ? new PooledDocuments(encoder, stage, options) : null;

    /// <summary>The pooled vectors of a window. What is computed is kept, also where the run stops on the way.</summary>
    /// <param name="window">The texts.</param>
    /// <param name="report">Told how many texts are done.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public PooledRows Of(TextWindow window, Action<int> report, CancellationToken cancellationToken)
    {
        var keys = new string[window.Count];
        for (var row = 0; row < keys.Length; row++)
            keys[row] = ContentHash.OfBytes(MemoryMarshal.AsBytes(window.Tokens[row]));
        var known = kept.Read(keys.ToHashSet(StringComparer.Ordinal), cancellationToken);
        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(row => !known.ContainsKey(keys[row])).DistinctBy(row => keys[row])];
        Reused += keys.Count(known.ContainsKey);
        var computed = new List<(string Key, float[] Vector)>(missing.Length);
        try
        {
            var plan = BatchPlanner.Plan([.. missing.Select(window.Tokens.Length)], options.TokenBudget, options.MaxBatchTexts);
            for (var number = 0; number < plan.Count && missing.Length > 0; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int[] rows = [.. plan[number].ToArray().Select(place => missing[place])];
                Pool(window, rows, keys, computed);
                report(keys.Length - missing.Length + computed.Count);
            }
        }
        finally
        {
            kept.Add(computed);
        }

        foreach (var (key, vector) in computed)
            known[key] = vector;
        return new PooledRows(keys, known);
    }

    private void Pool(TextWindow window, int[] rows, string[] keys, List<(string Key, float[] Vector)> computed)
    {
        using var scope = NewDisposeScope();
        using var batch = PaddedBatch.From(window.Tokens, rows, encoder.Tokenizer.PadId, encoder.Device);
        var vectors = EncoderOutput.Read(stage.PoolFirstStage(batch), rows.Length, 0, encoder.Name, ref buffer); // (B, w)
        var width = vectors.Length / rows.Length;
        for (var i = 0; i < rows.Length; i++)
            computed.Add((keys[rows[i]], vectors.Slice(i * width, width).ToArray()));
    }
}
