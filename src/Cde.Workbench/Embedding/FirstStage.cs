using System.Numerics.Tensors;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>Encodes the documents of a context.</summary>
internal static class FirstStage
{
    /// <summary>
    /// Encodes every text of a source: t vectors each, one text after the other, not normalised, their width, and the statistics of the texts where
    /// the model sees them.
    /// </summary>
    public static (float[] Vectors, int Width, ContextStatistics? Statistics) Encode(
        IEncoder encoder, TextSource source, string prompt, EmbedOptions options, IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var noGradients = no_grad();
        var perDocument = encoder.TokensPerDocument;
        var maxTokens = options.MaxTokensFor(encoder);
        float[] encoded = [];
        var width = 0;
        float[] buffer = [];
        var counter = encoder.UsesStatistics ? new ContextStatisticsCounter(encoder.Tokenizer.VocabularySize) : null;
        for (int start = 0, done = 0; start < source.Count;)
        {
            var window = TextWindow.Read(source, start, encoder, prompt, maxTokens, positionsPerText: 0, options, cancellationToken);
            for (var row = 0; counter is not null && row < window.Count; row++)
                counter.Add(window.Tokens[row]);
            for (var number = 0; number < window.Plan.Count && perDocument > 0; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rows = window.Plan[number];
                var vectors = EncodeBatch(encoder, window, rows, width, ref buffer); // (B*t, width)
                if (width == 0)
                {
                    width = vectors.Length / (rows.Length * perDocument);
                    encoded = new float[checked(source.Count * perDocument * width)];
                }

                var size = perDocument * width;
                for (var i = 0; i < rows.Length; i++)
                    Store(vectors.Slice(i * size, size), encoded.AsSpan((start + rows[i]) * size), encoder, source, start + rows[i]);
                progress?.Report(new WorkProgress("building context", done += rows.Length, source.Count, source.Unit));
            }

            start += window.Count;
        }

        return (encoded, width, counter?.ToStatistics());
    }

    private static ReadOnlySpan<float> EncodeBatch(
        IEncoder encoder, TextWindow window, ReadOnlySpan<int> rows, int width, ref float[] buffer)
    {
        using var scope = NewDisposeScope();
        using var batch = PaddedBatch.From(window.Tokens, rows, encoder.Tokenizer.PadId, encoder.Device);
        return EncoderOutput.Read(encoder.EncodeFirstStage(batch), rows.Length * encoder.TokensPerDocument, width, encoder.Name, ref buffer);
    }

    private static void Store(ReadOnlySpan<float> vectors, Span<float> target, IEncoder encoder, TextSource source, int row)
    {
        if (!TensorPrimitives.IsFiniteAll(vectors))
        {
            throw new CdeException(
                $"{source.Name}: the first stage of {encoder.Name} gave document \"{source.Id(row)}\" a vector that is not finite; "
                + "check the model's weights or use float32");
        }

        vectors.CopyTo(target);
    }
}
