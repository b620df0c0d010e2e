using System.Diagnostics;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Optimization;
using Cde.Workbench.Training.Pretraining;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// Takes the steps of pre-training: a batch of texts, hidden tokens, their loss, update. Batches, masks and dropout depend on the seed and the step alone. A batch is
/// encoded in groups by length, whose gradients add up to that of the mean over its hidden tokens.
/// </summary>
internal sealed class Pretrainer : ITrainer
{
    private readonly TrainingOptions options;
    private readonly PretrainedModel model;
    private readonly TokenBatch[] texts;
    private readonly TrainingBatches batches;
    private readonly LargeBlocks memory;

    /// <summary>Readies a run at its first step.</summary>
    /// <param name="training">The run's model, owned by the caller.</param>
    /// <param name="data">Domains of single texts.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="options">What the run is made of.</param>
    /// <param name="company">Clusters that batches are cut from, where there are any.</param>
    public Pretrainer(TrainingModel training, IReadOnlyList<TrainingDomain> data, ITokenizer tokenizer, TrainingOptions options, BatchCompany company)
    {
        options.Validate();
        this.options = options;
        var words = tokenizer as WordPieceTokenizer ?? throw new CdeException("pretraining: the model's tokenizer is no WordPiece vocabulary, and no other has a mask token here; choose another model");
        texts = [.. data.Select(domain => tokenizer.Encode(domain.Documents, new TokenizeOptions { MaxTokens = options.Model.MaxTokens }))];
        batches = new TrainingBatches(data, options, company.Clusters, (domain, text) => texts[domain].Length(text));
        model = PretrainedModel.Of(training, options.Pretraining, words, options.Seed, training.Module.parameters().First().device);
        Update = new ParameterUpdate(model.Module, options.Optimizer, options.Schedule, options.Steps);
        memory = LargeBlocks.Reuse();
    }

    public ParameterUpdate Update { get; }

    public long Step { get; set; }

    public StepRecord TakeStep()
    {
        var started = Stopwatch.GetTimestamp();
        model.Module.train();
        Update.Forget();
        var parts = Enumerable.Range(0, options.Batch.Accumulation).Select(i => Backward(batches.At(Step * options.Batch.Accumulation + i))).ToArray();
        var mean = parts.Average(part => part.Loss);
        Update.Check(Step, mean);
        var norms = Update.Step(Step);
        Step++;
        return new StepRecord
        {
            Step = Step,
            Loss = mean,
            LearningRate = Update.Rate(Step - 1),
            GradientNorm = norms.All,
            Accuracy = parts.Average(part => part.Accuracy),
            Uniformity = parts.Average(part => part.Spread.Uniformity),
            EffectiveRank = parts.Average(part => part.Spread.EffectiveRank),
            Pairs = parts.Sum(part => part.Texts),
            Tokens = parts.Sum(part => part.Tokens),
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
    }

    public void Dispose()
    {
        Update.Dispose();
        model.Dispose();
        memory.Dispose();
    }

    /// <summary>Adds one batch's gradient, over the batches of a step.</summary>
    private (double Loss, double Accuracy, BatchMetrics Spread, int Texts, long Tokens) Backward(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        var tokens = texts[batch.Domain];
        manual_seed(batch.Seed); // dropout is the batch's, whatever was drawn before
        var sorted = batch.Documents.OrderBy(tokens.Length).ThenBy(row => row).ToArray();
        var groups = sorted.Chunk((sorted.Length + options.Batch.LengthGroups - 1) / options.Batch.LengthGroups)
            .Select((rows, group) => model.Batch(tokens, rows, unchecked(batch.Seed + group + 1))).ToArray();
        var asked = groups.Select(model.Asked).ToArray();
        var (loss, right, vectors) = (0.0, 0L, new List<Tensor>());
        for (var group = 0; group < groups.Length; group++)
        {
            if (asked[group].All(count => count == 0))
                continue; // no word is short enough to be hidden
            using var inner = NewDisposeScope();
            var (parts, pooled) = model.Read(groups[group]);
            var weighted = parts.Select((part, i) => (part.Loss, Share: part.Asked / (double)Math.Max(1, asked.Sum(counts => counts[i])))).Where(part => part.Share > 0)
                .Select(part => part.Loss * part.Share).Aggregate((sum, part) => sum + part);
            (weighted / options.Batch.Accumulation).backward();
            loss += weighted.detach().to_type(ScalarType.Float64).item<double>();
            right += parts[0].Right;
            vectors.Add(pooled.detach().to_type(ScalarType.Float32).MoveToOuterDisposeScope());
        }

        foreach (var group in groups)
            group.Dispose();
        if (vectors.Count == 0)
            throw new CdeException($"training step {Step + 1}: no text of the batch has a token to hide; leave texts without words out");
        var spread = BatchMetrics.Of([cat([.. vectors], 0)], batch, new BatchLabels([]));
        return (loss, right / (double)Math.Max(1, asked.Sum(counts => counts[0])), spread, sorted.Length, sorted.Sum(row => (long)tokens.Length(row)));
    }
}
