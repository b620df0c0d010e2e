using Cde.Torch;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Distributed;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>
/// Takes the steps of pre-training: a batch of texts, hidden tokens, their loss, update. Batches, masks and dropout depend on the seed and the step alone. A batch is
/// encoded in groups by length, whose gradients add up to that of the mean over its hidden tokens; several processes take the groups in turn.
/// </summary>
internal sealed class Pretrainer : ITrainer
{
    private readonly ProcessGroup? processes;
    private readonly TrainingOptions options;
    private readonly PretrainedModel model;
    private readonly TokenBatch[] texts;
    private readonly Device device;
    private readonly int width;

    /// <summary>Readies a run at its first step.</summary>
    /// <param name="training">The run's model, owned by the caller.</param>
    /// <param name="data">Domains of single texts.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="options">What the run is made of.</param>
    /// <param name="company">Clusters that batches are cut from, where there are any.</param>
    /// <param name="processes">Those that take the steps together; null for this one alone.</param>
    public Pretrainer(
        TrainingModel training, IReadOnlyList<TrainingDomain> data, ITokenizer tokenizer, TrainingOptions options, BatchCompany company, ProcessGroup? processes = null)
    {
        options.Validate();
        (this.options, this.processes) = (options, processes);
        var words = tokenizer as WordPieceTokenizer ?? throw new CdeException("pretraining: the model's tokenizer is no WordPiece vocabulary, and no other has a mask token here; choose another model");
        texts = [.. data.Select(domain => tokenizer.Encode(domain.Documents, new TokenizeOptions { MaxTokens = options.Model.MaxTokens }))];
        var batches = new TrainingBatches(data, options, company.Clusters, (domain, text) => texts[domain].Length(text));
        (device, width) = (training.Module.parameters().First().device, training.Dimension);
        model = PretrainedModel.Of(training, options.Pretraining, words, options.Seed, device);
        Steps = new OptimizerSteps(model.Module, options, batches, processes is null ? null : new JointBatch(processes));
    }

    public OptimizerSteps Steps { get; }

    public StepRecord TakeStep()
    {
        var (record, parts) = Steps.Take(Backward);
        return record with
        {
            Accuracy = parts.Average(part => part.Accuracy),
            Uniformity = parts.Average(part => part.Spread.Uniformity),
            EffectiveRank = parts.Average(part => part.Spread.EffectiveRank),
        };
    }

    public void Dispose()
    {
        Steps.Dispose();
        model.Dispose();
    }

    /// <summary>Adds one batch's gradient, over the batches of a step: that of the groups of texts which are this process'.</summary>
    private Outcome Backward(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        var tokens = texts[batch.Domain];
        var sorted = batch.Documents.OrderBy(tokens.Length).ThenBy(row => row).ToArray();
        var groups = sorted.Chunk((sorted.Length + options.Batch.LengthGroups - 1) / options.Batch.LengthGroups)
            .Select((rows, group) => model.Batch(tokens, rows, Seed(batch, group))).ToArray();
        var asked = groups.Select(model.Asked).ToArray();
        int[] read = [.. Enumerable.Range(0, groups.Length).Where(group => asked[group].Any(count => count > 0))]; // elsewhere no word is short enough to be hidden
        if (read.Length == 0)
            throw new CdeException($"training step {Steps.Taken + 1}: no text of the batch has a token to hide; leave texts without words out");
        var (loss, right, vectors) = (0.0, 0L, new List<Tensor>());
        foreach (var group in read.Where(IsOwn))
        {
            using var inner = NewDisposeScope();
            manual_seed(Seed(batch, group)); // dropout is the group's, whatever was drawn before and by whichever process
            var (parts, pooled) = model.Read(groups[group]);
            var weighted = parts.Select((part, i) => (part.Loss, Share: part.Asked / (double)Math.Max(1, asked.Sum(counts => counts[i])))).Where(part => part.Share > 0)
                .Select(part => part.Loss * part.Share).Aggregate((sum, part) => sum + part);
            (weighted / options.Batch.Accumulation).backward();
            loss += weighted.detach().to_type(ScalarType.Float64).item<double>();
            right += parts[0].Right;
            vectors.Add(pooled.detach().to_type(ScalarType.Float32).MoveToOuterDisposeScope());
        }

        Array.ForEach(groups, group => group.Dispose());
        (loss, right) = Summed(loss, right);
        var spread = BatchMetrics.Of([Gathered(vectors)], batch, new BatchLabels([]));
        return new Outcome(loss, sorted.Length, sorted.Sum(row => (long)tokens.Length(row)), right / (double)Math.Max(1, asked.Sum(counts => counts[0])), spread);
    }

    /// <summary>Loss and rightly found tokens of all processes.</summary>
    private (double Loss, long Right) Summed(double loss, long right)
    {
        if (processes is null)
            return (loss, right);
        using var sums = tensor(new[] { loss, right }, device: device);
        processes.AllReduce(sums);
        var values = sums.data<double>().ToArray();
        return (values[0], (long)values[1]);
    }

    /// <summary>The vectors of the batch's texts, (rows, d), process after process.</summary>
    private Tensor Gathered(List<Tensor> own)
    {
        var rows = own.Count > 0 ? cat([.. own], 0) : zeros([0, width], device: device);
        return processes?.AllGather(rows) ?? rows;
    }

    private static long Seed(TrainingBatch batch, int group) => unchecked(batch.Seed + group + 1);

    private bool IsOwn(int group) => processes is null || group % processes.Size == processes.Rank;

    private sealed record Outcome(double Loss, int Pairs, long Tokens, double Accuracy, BatchMetrics Spread) : BatchOutcome(Loss, Pairs, Tokens);
}
