using Cde.Torch;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Distributed;
using Cde.Workbench.Training.GradientCaching;
using Cde.Workbench.Training.Optimization;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// Takes the steps of a run: batch, vectors in a context, loss, gradients in one graph or cached, update. Batches, contexts and dropout depend on the seed and
/// the step alone, so that a trainer with the weights and moments of step n goes on as the one that made them would have.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingOptions options;
    private readonly TrainingModel model;
    private readonly IReadOnlyList<TokenizedDomain> domains;
    private readonly TrainingBatches batches;
    private readonly BatchLoss loss;
    private readonly BatchEncoding encoding;
    private readonly BatchGuide? guide;
    private readonly JointBatch? joint;
    private readonly Device device;
    private readonly TimeProvider time;

    /// <summary>Readies a run at its first step.</summary>
    /// <param name="model">Owned by the caller.</param>
    /// <param name="data">Training domains.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="prompts">"query" and "document" prompts.</param>
    /// <param name="options">What the run is made of.</param>
    /// <param name="time">The clock of <see cref="StepRecord.Seconds"/>; the system's where null.</param>
    public Trainer(
        TrainingModel model, IReadOnlyList<TrainingDomain> data, ITokenizer tokenizer, IReadOnlyDictionary<string, string> prompts, TrainingOptions options, TimeProvider? time = null)
        : this(model, TrainingDomains.For(data, options.Batch.Sampler), tokenizer, prompts, options, new BatchCompany(), time)
    {
    }

    internal Trainer(
        TrainingModel model, IReadOnlyList<TrainingDomain> data, ITokenizer tokenizer, IReadOnlyDictionary<string, string> prompts, TrainingOptions options, BatchCompany company, TimeProvider? time, ProcessGroup? processes = null)
    {
        options.Validate();
        this.options = options;
        this.model = model;
        this.time = time ?? TimeProvider.System;
        domains = [.. data.Select(domain => TokenizedDomain.From(domain, tokenizer, prompts, options.Model.MaxTokens))];
        batches = new TrainingBatches(data, options, company.Clusters, (domain, query) => domains[domain].Cost(data[domain], query, options.Batch.Negatives));
        loss = new BatchLoss(options.Loss);
        guide = company.Guide;
        joint = processes is null ? null : new JointBatch(processes);
        device = model.Module.parameters().First().device;
        encoding = new BatchEncoding(model, options.Batch, tokenizer.PadId, tokenizer.VocabularySize, device);
        Update = new ParameterUpdate(model.Module, options.Optimizer, options.Schedule, options.Steps);
        LargeBlocks.ReturnWhenFreed();
    }

    /// <summary>The optimiser, with its state.</summary>
    public ParameterUpdate Update { get; }

    /// <summary>Optimiser steps taken; set where weights and moments were loaded.</summary>
    public long Step { get; set; }

    /// <summary>Takes one step.</summary>
    /// <exception cref="CdeException">The loss is no number.</exception>
    public StepRecord TakeStep()
    {
        var started = time.GetTimestamp();
        model.Module.train();
        Update.Forget();
        var parts = new List<(double Loss, BatchMetrics Metrics, TrainingBatch Batch, long Tokens)>();
        for (var i = 0; i < options.Batch.Accumulation; i++)
        {
            var batch = batches.At(Step * options.Batch.Accumulation + i);
            manual_seed(joint?.Seed(batch) ?? batch.Seed); // dropout is the batch's, whatever was drawn before
            parts.Add(Backward(batch, 1.0 / options.Batch.Accumulation));
        }

        var mean = parts.Average(part => part.Loss);
        if (!double.IsFinite(mean))
            throw new CdeException($"training step {Step + 1}: the loss is {mean}; lower optimizer.learningRate (now {options.Optimizer.LearningRate}) or resume from the last checkpoint with a smaller one");
        joint?.SumGradients(Update.Values.Select(entry => entry.Value));
        var norms = Update.Step(Step);
        Step++;
        return new StepRecord
        {
            Step = Step,
            Loss = mean,
            LearningRate = Update.Rate(Step - 1),
            GradientNorm = norms.All,
            GradientNormFirstStage = norms.FirstStage,
            GradientNormSecondStage = norms.SecondStage,
            Accuracy = parts.Average(part => part.Metrics.Accuracy),
            DuplicateRate = parts.Average(part => part.Metrics.DuplicateRate),
            FalseNegativeRate = parts.Average(part => part.Metrics.FalseNegativeRate),
            Alignment = parts.Average(part => part.Metrics.Alignment),
            Uniformity = parts.Average(part => part.Metrics.Uniformity),
            EffectiveRank = parts.Average(part => part.Metrics.EffectiveRank),
            Collapse = Step > options.Schedule.WarmupSteps && parts.Any(part => part.Metrics.IsCollapsed),
            Pairs = parts.Sum(part => part.Batch.Queries.Length),
            NullContext = model.IsContextual ? parts.Average(part => part.Batch.IsNullContext ? 1.0 : 0.0) : 0,
            Tokens = parts.Sum(part => part.Tokens),
            Seconds = time.GetElapsedTime(started).TotalSeconds,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Update.Dispose();

    /// <summary>Adds one batch's gradient, times <paramref name="weight"/>.</summary>
    private (double Loss, BatchMetrics Metrics, TrainingBatch Batch, long Tokens) Backward(TrainingBatch batch, double weight)
    {
        using var scope = NewDisposeScope();
        var domain = domains[batch.Domain];
        var labels = new BatchLabels(domain.Relevant(batch), guide?.Excluded(batch), loss.ReadsGuide ? guide?.Vectors(batch, device) : null);
        BatchMetrics? metrics = null;
        var slice = joint?.Slice(batch) ?? batch; // what this process encodes
        weight *= joint?.Weight(batch) ?? 1;
        double value;
        if (options.Batch.TokensPerChunk > 0)
        {
            var terms = Watched((vectors) => loss.Terms(vectors, batch, labels, weight));
            value = encoding.Cached(domain, slice, joint?.Terms(terms, batch) ?? terms) / weight;
        }
        else
        {
            IReadOnlyList<Tensor> vectors = encoding.OneGraph(domain, slice);
            vectors = joint?.Gathered(vectors, batch) ?? vectors;
            metrics = BatchMetrics.Of(vectors, batch, labels);
            var mean = loss.Compute(vectors, batch, labels);
            (weight == 1 ? mean : mean * weight).backward();
            value = mean.detach().to_type(ScalarType.Float64).item<double>();
        }

        var tokens = batch.Queries.Sum(row => domain.Queries.Length(row)) + batch.Documents.Concat(batch.Negatives).Sum(row => domain.Documents.Length(row))
            + (model.HasFirstStage ? batch.Context.Sum(row => domain.Documents.Length(row)) : 0);
        return (value, metrics!, batch, tokens);

        LossTerms Watched(LossTerms terms) => vectors =>
        {
            metrics = BatchMetrics.Of(vectors, batch, labels);
            return terms(vectors);
        };
    }
}
