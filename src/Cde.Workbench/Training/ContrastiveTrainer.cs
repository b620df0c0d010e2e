using System.Diagnostics;
using Cde.Workbench.Models;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>One line of a run's history.</summary>
/// <param name="Step">Optimiser steps taken.</param>
/// <param name="Loss">Mean in-batch loss since the last line, in nats.</param>
/// <param name="LearningRate">At that step.</param>
/// <param name="GradientNorm">Before clipping, at that step.</param>
/// <param name="TokensPerSecond">Real tokens, context included, since the last line.</param>
public sealed record TrainingRecord(long Step, double Loss, double LearningRate, double GradientNorm, double TokensPerSecond);

/// <summary>
/// Trains a two-stage or plain encoder with in-batch negatives, AdamW, warm-up and linear decay. A run lives in a folder: it checkpoints there, and
/// resumes there bit-exactly on the same machine, since batches and contexts depend on the seed and the step alone.
/// </summary>
public sealed class ContrastiveTrainer : IDisposable
{
    private readonly TrainingOptions options;
    private readonly TrainingModel model;
    private readonly IReadOnlyList<TokenizedDomain> domains;
    private readonly DomainBatches batches;
    private readonly int padId;
    private readonly int vocabularySize;
    private readonly AdamW optimizer;
    private readonly List<TrainingRecord> history = [];

    /// <summary>Readies a run from its first step; <see cref="Restore"/> moves it to a checkpoint.</summary>
    /// <param name="model">Owned by the caller.</param>
    /// <param name="data">Training domains.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="prompts">"query" and "document" prompts.</param>
    /// <param name="options">Validated options.</param>
    public ContrastiveTrainer(
        TrainingModel model, IReadOnlyList<TrainingDomain> data, ITokenizer tokenizer, IReadOnlyDictionary<string, string> prompts, TrainingOptions options)
    {
        options.Validate();
        this.options = options;
        this.model = model;
        batches = new DomainBatches(data, options);
        domains = [.. data.Select(domain => TokenizedDomain.From(domain, tokenizer, prompts, options.MaxTokens))];
        padId = tokenizer.PadId;
        vocabularySize = tokenizer.VocabularySize;

        // Norm weights, biases and the null vector are not decayed, as in BERT and cde.
        var all = model.Module.named_parameters().ToArray();
        optimizer = new AdamW(
            [
                new AdamW.ParamGroup(all.Where(entry => entry.parameter.dim() > 1).Select(entry => entry.parameter), options.LearningRate, weight_decay: options.WeightDecay),
                new AdamW.ParamGroup(all.Where(entry => entry.parameter.dim() == 1).Select(entry => entry.parameter), options.LearningRate, weight_decay: 0),
            ],
            options.LearningRate,
            weight_decay: options.WeightDecay);
    }

    /// <summary>Optimiser steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>A line every ten steps.</summary>
    public IReadOnlyList<TrainingRecord> History => history;

    /// <summary>Takes the run to where <paramref name="checkpoint"/> was written.</summary>
    /// <exception cref="CdeException">The checkpoint is of other options or damaged.</exception>
    public void Restore(TrainingCheckpoint checkpoint)
    {
        Step = checkpoint.Load(model.Module, optimizer, options);
        history.Clear();
        history.AddRange(checkpoint.History);
    }

    /// <summary>
    /// Runs up to <paramref name="untilStep"/> (at most the run's last), writing <paramref name="checkpoint"/> at the interval of the options, at the end and on
    /// cancellation, after which <see cref="OperationCanceledException"/> leaves: nothing is lost.
    /// </summary>
    public void Run(TrainingCheckpoint? checkpoint, long untilStep, IProgress<TrainingRecord>? progress, CancellationToken cancellationToken)
    {
        var last = Math.Min(untilStep, options.Steps);
        var (lossSum, count, tokens, started) = (0.0, 0, 0L, Stopwatch.GetTimestamp());
        model.Module.train();
        while (Step < last)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                checkpoint?.Save(model.Module, optimizer, options, Step, history);
                cancellationToken.ThrowIfCancellationRequested();
            }

            var rate = options.LearningRate * WarmupLinearDecay.Factor(Step, options.WarmupSteps, options.Steps);
            var (loss, norm, used) = TakeStep(batches.At(Step), rate);
            if (!double.IsFinite(loss))
                throw new CdeException($"training step {Step + 1}: the loss is {loss}; lower the learning rate (now {options.LearningRate}) or resume from the last checkpoint with a smaller one");
            Step++;
            lossSum += loss;
            count++;
            tokens += used;
            if (Step % 10 == 0 || Step == last)
            {
                var record = new TrainingRecord(Step, lossSum / count, rate, norm, tokens / Stopwatch.GetElapsedTime(started).TotalSeconds);
                history.Add(record);
                progress?.Report(record);
                (lossSum, count, tokens, started) = (0, 0, 0, Stopwatch.GetTimestamp());
            }

            if (checkpoint is not null && (Step % options.CheckpointEvery == 0 || Step == last))
                checkpoint.Save(model.Module, optimizer, options, Step, history);
        }
    }

    /// <summary>One batch: its loss, its gradient norm before clipping, and how many real tokens it held.</summary>
    private (double Loss, double Norm, long Tokens) TakeStep(TrainingBatch batch, double rate)
    {
        using var scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = rate;
        var domain = domains[batch.Domain];
        using var context = model.HasFirstStage && !batch.IsNullContext ? PaddedBatch.From(domain.Documents, batch.Context, padId, null) : null;
        var (queries, queryOrder) = Groups(domain.Queries, batch.Queries);
        var (documents, documentOrder) = Groups(domain.Documents, batch.Documents);

        var vectors = model.Embed([.. queries, .. documents], context, Buckets(domain, batch));
        var q = cat(vectors[..queries.Length], 0)[queryOrder]; // (B, d), in the batch's order
        var d = cat(vectors[queries.Length..], 0)[documentOrder];
        var loss = InfoNce.Loss(q, d, excluded: domain.AlsoRelevant(batch), options: new() { Temperature = options.Temperature });

        model.Module.zero_grad(set_to_none: true); // a parameter that this batch does not use keeps its moments, resumed or not
        loss.backward();
        var norm = nn.utils.clip_grad_norm_(model.Module.parameters(), options.ClipNorm);
        optimizer.step();
        var tokens = batch.Queries.Sum(row => domain.Queries.Length(row)) + batch.Documents.Sum(row => domain.Documents.Length(row))
            + (context is null ? 0 : batch.Context.Sum(row => domain.Documents.Length(row)));
        return (loss.item<float>(), norm, tokens);
    }

    /// <summary>The buckets (V) of the batch's context; null where the model sees no statistics.</summary>
    private Tensor? Buckets(TokenizedDomain domain, TrainingBatch batch)
    {
        if (!model.UsesStatistics)
            return null;
        return batch.IsNullContext
            ? ContextStatistics.UnknownBuckets(vocabularySize, CPU)
            : ContextStatistics.Of(domain.Documents, batch.Context, vocabularySize).Buckets(CPU);
    }

    /// <summary>The rows sorted by length and cut into groups, and, for each row, its place in that order.</summary>
    private (PaddedBatch[] Groups, Tensor Order) Groups(TokenBatch tokens, int[] rows)
    {
        var sorted = Enumerable.Range(0, rows.Length).OrderBy(i => tokens.Length(rows[i])).ThenBy(i => i).ToArray();
        var place = new long[rows.Length];
        for (var i = 0; i < sorted.Length; i++)
            place[sorted[i]] = i;
        var size = (rows.Length + options.LengthGroups - 1) / options.LengthGroups;
        return ([.. sorted.Chunk(size).Select(chunk => PaddedBatch.From(tokens, chunk.Select(i => rows[i]).ToArray(), padId, null))], tensor(place));
    }

    /// <inheritdoc/>
    public void Dispose() => optimizer.Dispose();
}
