using System.Numerics.Tensors;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>Encodes the documents of a context: t vectors each, one document after the other, not normalised.</summary>
/// <param name="encoder">The contextual model.</param>
/// <param name="source">The documents.</param>
/// <param name="prompt">What stands in front of each.</param>
/// <param name="options">Batches, length, and the cache from which pooled vectors are reused.</param>
/// <param name="progress">Told after each batch.</param>
internal sealed class FirstStage(IEncoder encoder, TextSource source, string prompt, EmbedOptions options, IProgress<WorkProgress>? progress)
{
    private float[] encoded = [];
    private float[] buffer = [];

    /// <summary>The vectors, one document after the other; empty where the model sees statistics alone.</summary>
    public float[] Vectors => encoded;

    /// <summary>The width of a vector; 0 where there is none.</summary>
    public int Width { get; private set; }

    /// <summary>The statistics of the documents; null where the model does not see them.</summary>
    public ContextStatistics? Statistics { get; private set; }

    /// <summary>How many documents were taken from the cache.</summary>
    public int Reused { get; private set; }

    /// <summary>Encodes every document.</summary>
    /// <exception cref="CdeException">A document is empty, or its vector is not finite.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        using var noGradients = no_grad();
        var maxTokens = options.MaxTokensFor(encoder);
        var counter = encoder.UsesStatistics ? new ContextStatisticsCounter(encoder.Tokenizer.VocabularySize) : null;
        var pooled = PooledDocuments.For(encoder, options);
        for (var start = 0; start < source.Count;)
        {
            var window = TextWindow.Read(source, start, encoder, prompt, maxTokens, positionsPerText: 0, options, cancellationToken);
            for (var row = 0; counter is not null && row < window.Count; row++)
                counter.Add(window.Tokens[row]);
            if (encoder.TokensPerDocument > 0)
                Encode(window, pooled, cancellationToken);
            start += window.Count;
        }

        Statistics = counter?.ToStatistics();
        Reused = pooled?.Reused ?? 0;
    }

    private void Encode(TextWindow window, PooledDocuments? pooled, CancellationToken cancellationToken)
    {
        var rows = pooled?.Of(window, done => Report(window.Start + done), cancellationToken); // (n, w)
        var done = 0;
        for (var number = 0; number < window.Plan.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = window.Plan[number];
            Keep(window, batch, rows is null ? Encode(window, batch) : Finish(rows, batch));
            done += batch.Length;
            if (rows is null)
                Report(window.Start + done);
        }
    }

    private ReadOnlySpan<float> Encode(TextWindow window, ReadOnlySpan<int> rows)
    {
        using var scope = NewDisposeScope();
        using var batch = PaddedBatch.From(window.Tokens, rows, encoder.Tokenizer.PadId, encoder.Device);
        return EncoderOutput.Read(encoder.EncodeFirstStage(batch), rows.Length * encoder.TokensPerDocument, Width, encoder.Name, ref buffer); // (B*t, width)
    }

    // The head is a product whose rounding may depend on the number of rows: it is taken over the batches that it would be taken over without a cache.
    private ReadOnlySpan<float> Finish(PooledRows pooled, ReadOnlySpan<int> rows)
    {
        using var scope = NewDisposeScope();
        var batch = new float[rows.Length * pooled.Width];
        for (var i = 0; i < rows.Length; i++)
            pooled.Of(rows[i]).CopyTo(batch.AsSpan(i * pooled.Width));
        var vectors = ((IPooledFirstStage)encoder).FinishFirstStage(tensor(batch, [rows.Length, pooled.Width]));
        return EncoderOutput.Read(vectors, rows.Length * encoder.TokensPerDocument, Width, encoder.Name, ref buffer); // (B*t, width)
    }

    private void Keep(TextWindow window, ReadOnlySpan<int> rows, ReadOnlySpan<float> vectors)
    {
        var perDocument = encoder.TokensPerDocument;
        if (Width == 0)
        {
            Width = vectors.Length / (rows.Length * perDocument);
            encoded = new float[checked(source.Count * perDocument * Width)];
        }

        var size = perDocument * Width;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = window.Start + rows[i];
            var one = vectors.Slice(i * size, size);
            if (!TensorPrimitives.IsFiniteAll(one))
            {
                throw new CdeException(
                    $"{source.Name}: the first stage of {encoder.Name} gave document \"{source.Id(row)}\" a vector that is not finite; "
                    + "check the model's weights or use float32");
            }

            one.CopyTo(encoded.AsSpan(row * size));
        }
    }

    private void Report(int done) => progress?.Report(new WorkProgress("building context", done, source.Count, source.Unit));
}
