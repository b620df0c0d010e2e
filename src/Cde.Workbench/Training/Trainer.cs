using Cde.Torch;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Distributed;
using Cde.Workbench.Training.GradientCaching;
using Cde.Workbench.Training.Optimization;
using Cde.Workbench.Training.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// Takes the steps of a run: batch, vectors in a context, loss, gradients in one graph or cached, update. Batches, contexts and dropout depend on the seed and
/// the step alone, so that a trainer with the weights and moments of step n goes on as the one that made them would have.
/// </summary>
public sealed class Trainer : ITrainer
{
    /// <summary>Mean squared distances of unit vectors below this are rounding.</summary>
    private const double SameVectors = 1e-9;

    private readonly TrainingOptions options;
    private readonly TrainingModel model;
    private readonly IReadOnlyList<TokenizedDomain> domains;
    private readonly IReadOnlyList<DomainLabels> labels;
    private readonly bool[] isSingleTexts;
    private readonly BatchLoss loss;
    private readonly BatchEncoding encoding;
    private readonly BatchGuide? guide;
    private readonly Parameter? classVectors; // (K, d), classes in the order of their names
    private readonly string[] classNames;
    private readonly JointBatch? joint;
    private readonly Device device;
    private readonly OptimizerSteps steps;

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
        var wanted = LossData.Of(options.Loss);
        wanted.Require(data, options.Batch.Negatives, options.Data.ScoreScale);
        if (RouterBalance.Refusal(model, options.Loss.RouterCoefficient) is { } refusal)
            throw new CdeException(refusal);
        var classes = DomainLabels.Number(data);
        classNames = [.. classes.OrderBy(entry => entry.Value).Select(entry => entry.Key)];
        labels = [.. data.Select(domain => new DomainLabels(domain, classes, options.Data.ScoreScale))];
        isSingleTexts = [.. data.Select(domain => domain.IsSingleTexts && domain.Classes is null)];
        domains = [.. data.Select(domain => model.Tokenized(domain, tokenizer, prompts, options.Model))];
        var batches = new TrainingBatches(data, options, company.Clusters, (domain, query) => domains[domain].Cost(data[domain], query, options.Batch.Negatives));
        guide = company.Guide;
        joint = processes is null ? null : new JointBatch(processes);
        device = model.Module.parameters().First().device;
        if (BatchLoss.NeedsClasses(options.Loss))
            classVectors = new InitialWeights(options.Seed, device).Take(ClassVectors.TensorName, classes.Count, model.Dimension);
        loss = new BatchLoss(options.Loss, classVectors, DomainLabels.Sizes(data, classes));
        var encoded = loss.ReadsTokens ? new TokenVectors(model) : model;
        encoding = new BatchEncoding(encoded, options.Batch, tokenizer.PadId, tokenizer.VocabularySize, device, loss.ReadsDocuments);
        steps = new OptimizerSteps(model.Module, options, batches, joint, classVectors is null ? [] : [(ClassVectors.TensorName, classVectors)], time);
    }

    /// <summary>The optimiser, with its state.</summary>
    public ParameterUpdate Update => steps.Update;

    OptimizerSteps ITrainer.Steps => steps;

    ClassVectors? ITrainer.Classes() => classVectors is null ? null : ClassVectors.Of(classNames, classVectors);

    /// <summary>Optimiser steps taken; set where weights and moments were loaded.</summary>
    public long Step
    {
        get => steps.Taken;
        set => steps.Taken = value;
    }

    /// <summary>Takes one step.</summary>
    /// <exception cref="CdeException">The loss is no number.</exception>
    public StepRecord TakeStep()
    {
        loss.Begin(Step);
        var (record, parts) = steps.Take(batch => Backward(batch, 1.0 / options.Batch.Accumulation));
        return record with
        {
            RouterLoss = parts.Average(part => part.RouterLoss),
            Accuracy = parts.Average(part => part.Metrics.Accuracy),
            DuplicateRate = parts.Average(part => part.Metrics.DuplicateRate),
            FalseNegativeRate = parts.Average(part => part.Metrics.FalseNegativeRate),
            Correlation = parts.Average(part => part.Metrics.Correlation),
            Alignment = parts.Average(part => part.Metrics.Alignment),
            Uniformity = parts.Average(part => part.Metrics.Uniformity),
            EffectiveRank = parts.Average(part => part.Metrics.EffectiveRank),
            Collapse = Step > options.Schedule.WarmupSteps && parts.Any(part => part.Metrics.IsCollapsed),
            NullContext = model.IsContextual ? parts.Average(part => part.IsNullContext ? 1.0 : 0.0) : 0,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        steps.Dispose();
        classVectors?.Dispose();
    }

    /// <summary>Adds one batch's gradient, times <paramref name="weight"/>.</summary>
    private Outcome Backward(TrainingBatch batch, double weight)
    {
        using var scope = NewDisposeScope();
        manual_seed(joint?.Seed(batch) ?? batch.Seed); // dropout is the batch's, whatever was drawn before
        var domain = domains[batch.Domain];
        var known = labels[batch.Domain].Of(batch) with { Excluded = guide?.Excluded(batch), Guide = loss.ReadsGuide ? guide?.Vectors(batch, device) : null };
        BatchMetrics? metrics = null;
        var slice = joint?.Slice(batch) ?? batch; // what this process encodes
        weight *= joint?.Weight(batch) ?? 1;
        loss.MovesClasses = joint?.HoldsLoss(batch) ?? true;
        var routers = options.Loss.RouterCoefficient == 0 ? null : new RouterBalance(options.Loss.RouterCoefficient * weight, batch, joint, device);
        double value;
        if (options.Batch.TokensPerChunk > 0)
        {
            var terms = Watched((vectors) => loss.Terms(vectors, batch, known, weight));
            value = encoding.Cached(domain, slice, joint?.Terms(terms, batch) ?? terms, routers) / weight;
        }
        else
        {
            IReadOnlyList<Tensor> vectors = encoding.OneGraph(domain, slice, routers);
            vectors = joint?.Gathered(vectors, batch) ?? vectors;
            metrics = BatchMetrics.Of(vectors, batch, known);
            var mean = loss.Compute(vectors, batch, known);
            var minimised = weight == 1 ? mean : mean * weight;
            (routers?.Weighted is { } balance ? minimised + balance : minimised).backward();
            value = mean.detach().to_type(ScalarType.Float64).item<double>();
        }

        RequireDropout(batch, metrics!);
        var tokens = batch.Queries.Sum(row => domain.Queries.Length(row))
            + (loss.ReadsDocuments ? batch.Documents.Concat(batch.Negatives).Sum(row => domain.Documents.Length(row)) : 0)
            + (model.HasFirstStage ? batch.Context.Sum(row => domain.Documents.Length(row)) : 0);
        return new Outcome(value, batch.Queries.Length, tokens, metrics!, batch.IsNullContext, routers?.Value);

        LossTerms Watched(LossTerms terms) => vectors =>
        {
            metrics = BatchMetrics.Of(vectors, batch, known);
            return terms(vectors);
        };
    }

    /// <summary>Refuses single texts whose two encodings are one: nothing is to be learnt from them but how to spread.</summary>
    private void RequireDropout(TrainingBatch batch, BatchMetrics metrics)
    {
        if (isSingleTexts[batch.Domain] && metrics.Alignment < SameVectors)
            throw new CdeException($"loss {options.Loss.Name} tells the two encodings of a text apart by dropout, and this model has none; set model.dropout, such as to 0.1, or train on pairs");
    }

    private sealed record Outcome(double Loss, int Pairs, long Tokens, BatchMetrics Metrics, bool IsNullContext, double? RouterLoss) : BatchOutcome(Loss, Pairs, Tokens);
}
