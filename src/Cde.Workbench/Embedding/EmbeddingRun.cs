using System.Diagnostics;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>Encodes the texts of a source window by window, batch by batch, into a matrix.</summary>
internal sealed class EmbeddingRun
{
    private readonly TextSource _source;
    private readonly IEncoder _encoder;
    private readonly EmbeddingProvenance _provenance;
    private readonly EmbedOptions _options;
    private readonly Func<PaddedBatch, Tensor> _encode;
    private readonly int _positionsPerText;
    private readonly IProgress<WorkProgress>? _progress;
    private readonly SharedBatches _shared;
    private float[] _encoded = [];

    /// <param name="source">The texts.</param>
    /// <param name="encoder">Whose tokenizer and settings apply.</param>
    /// <param name="provenance">What the matrix will say of itself; prompt and length come from here.</param>
    /// <param name="options">Batches and windows.</param>
    /// <param name="encode">(B, T) -> (B, d).</param>
    /// <param name="positionsPerText">Positions that the encoder runs in front of every text.</param>
    /// <param name="progress">Told after each batch.</param>
    public EmbeddingRun(
        TextSource source, IEncoder encoder, EmbeddingProvenance provenance, EmbedOptions options, Func<PaddedBatch, Tensor> encode,
        int positionsPerText, IProgress<WorkProgress>? progress)
    {
        (_source, _encoder, _provenance, _options) = (source, encoder, provenance, options);
        (_encode, _positionsPerText, _progress) = (encode, positionsPerText, progress);
        _shared = new SharedBatches(options.Processes);
    }

    /// <summary>Fills the builder from where it stands, and completes it.</summary>
    public EmbeddingMatrix Fill(MatrixBuilder builder, CancellationToken cancellationToken)
    {
        var work = new EmbeddingWork(0, 0, 0, 0);
        var buffer = Array.Empty<float>();
        for (var start = _shared.Share(builder.FinishedRows); start < _source.Count;)
        {
            var window = TextWindow.Read(
                _source, start, _encoder, _provenance.PromptText, _provenance.MaxTokens, _positionsPerText, _options, cancellationToken);
            var size = checked(window.Count * _encoder.Dimension);
            if (buffer.Length < size)
                buffer = new float[size];
            var vectors = buffer.AsMemory(0, size);
            vectors.Span.Clear();
            work = FillWindow(builder, window, vectors, work, cancellationToken);
            builder.Write(start, vectors.Span);
            start += window.Count;
        }

        var matrix = builder.Complete();
        matrix.Work = work;
        return matrix;
    }

    private EmbeddingWork FillWindow(
        MatrixBuilder builder, TextWindow window, Memory<float> vectors, EmbeddingWork work, CancellationToken cancellationToken)
    {
        var plan = window.Plan;
        var planHash = plan.Hash();
        var resumed = _shared.Share(builder.Resume(window.Start, planHash, vectors.Span));
        var written = resumed;
        var texts = 0;
        for (var batch = 0; batch < resumed; batch++)
            texts += plan[batch].Length;
        var done = resumed;
        var clock = Stopwatch.StartNew();
        try
        {
            for (; done < plan.Count; done = Math.Min(plan.Count, done + _shared.RoundSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _shared.Encode(plan, done, vectors, _encoder.Dimension, batch => EncodeBatch(window, batch, vectors.Span));
                var next = Math.Min(plan.Count, done + _shared.RoundSize);
                for (var batch = done; batch < next; batch++)
                {
                    work = Add(work, plan, batch);
                    texts += plan[batch].Length;
                }

                _progress?.Report(new WorkProgress("embedding", window.Start + texts, _source.Count, _source.Unit));
                if (clock.Elapsed >= _options.CheckpointInterval)
                {
                    builder.Checkpoint(window.Start, written = next, planHash, vectors.Span);
                    clock.Restart();
                }
            }
        }
        catch when (done > written)
        {
            builder.Checkpoint(window.Start, done, planHash, vectors.Span);
            throw;
        }

        return work;
    }

    private void EncodeBatch(TextWindow window, int number, Span<float> vectors)
    {
        var rows = window.Plan[number];
        using var scope = NewDisposeScope();
        using var batch = PaddedBatch.From(window.Tokens, rows, _encoder.Tokenizer.PadId, _encoder.Device);
        var width = _encoder.Dimension;
        var encoded = EncoderOutput.Read(_encode(batch), rows.Length, width, _encoder.Name, ref _encoded); // (B, d)
        for (var i = 0; i < rows.Length; i++)
        {
            var target = vectors.Slice(rows[i] * width, width);
            encoded.Slice(i * width, width).CopyTo(target);
            if (!(_provenance.IsNormalized ? UnitVectors.Normalize(target) : UnitVectors.IsFinite(target)))
            {
                var row = window.Start + rows[i];
                throw new CdeException(
                    $"{_source.Name}: the vector of row {row} (id \"{_source.Id(row)}\") by {_encoder.Name} in {_provenance.Precision} is not finite; "
                    + "check the model's weights or use float32");
            }
        }
    }

    private static EmbeddingWork Add(EmbeddingWork work, BatchPlan plan, int batch)
    {
        var rows = plan[batch];
        long tokens = 0;
        foreach (var row in rows)
            tokens += plan.Length(row);
        return new EmbeddingWork(
            work.Texts + rows.Length, work.Tokens + tokens, work.Positions + ((long)rows.Length * plan.MaxLength(batch)), work.Batches + 1);
    }
}
