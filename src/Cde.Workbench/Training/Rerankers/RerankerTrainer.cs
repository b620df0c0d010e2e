using Cde.Torch;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Distributed;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Rerankers;

/// <summary>
/// Takes the steps of a reranker's run: each query of a batch is read together with its document and with its hard negatives, and the loss compares the scores.
/// Batches and dropout depend on the seed and the step alone. Several processes share the pairs.
/// </summary>
internal sealed class RerankerTrainer : ITrainer
{
    private readonly TrainingOptions options;
    private readonly CandidatePairs pairs;
    private readonly IReadOnlyList<TrainingDomain> data;
    private readonly CandidateLoss loss;
    private readonly BatchEncoding encoding;
    private readonly JointBatch? joint;

    /// <summary>Readies a run at its first step.</summary>
    /// <param name="model">Owned by the caller.</param>
    /// <param name="data">Training domains.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="options">What the run is made of.</param>
    /// <param name="company">Clusters that batches are cut from, where there are any.</param>
    /// <param name="processes">Those that take the steps together; null for this one alone.</param>
    public RerankerTrainer(
        RerankerTrainingModel model, IReadOnlyList<TrainingDomain> data, ITokenizer tokenizer, TrainingOptions options, BatchCompany company, ProcessGroup? processes = null)
    {
        options.Validate();
        (this.options, this.data) = (options, data);
        LossData.Of(options.Loss).Require(data, options.Batch.Negatives, options.Data.ScoreScale);
        pairs = new CandidatePairs(data, tokenizer, options.Model.MaxTokens);
        var batches = new TrainingBatches(data, options, company.Clusters, (domain, query) => pairs.Cost(domain, query, options.Batch.Negatives));
        joint = processes is null ? null : new JointBatch(processes);
        var device = model.Module.parameters().First().device;
        loss = new CandidateLoss(options.Loss);
        encoding = new BatchEncoding(model, options.Batch, tokenizer.PadId, tokenizer.VocabularySize, device, hasDocuments: false);
        Steps = new OptimizerSteps(model.Module, options, batches, joint);
    }

    public OptimizerSteps Steps { get; }

    public StepRecord TakeStep()
    {
        loss.Begin(Steps.Taken);
        var (record, parts) = Steps.Take(batch => Backward(batch, 1.0 / options.Batch.Accumulation));
        return record with
        {
            Accuracy = parts.Average(part => part.Scores.Accuracy),
            Correlation = parts.Average(part => part.Scores.Correlation),
        };
    }

    public void Dispose() => Steps.Dispose();

    /// <summary>Adds one batch's gradient, times <paramref name="weight"/>.</summary>
    private Outcome Backward(TrainingBatch batch, double weight)
    {
        using var scope = NewDisposeScope();
        var (read, queries) = (pairs.Of(batch), batch.Queries.Length);
        int[] rows = [.. Enumerable.Range(0, loss.Passes).SelectMany(_ => Enumerable.Range(0, read.Count))];
        var whole = new TrainingBatch(batch.Domain, rows, rows, []) { Seed = batch.Seed };
        var slice = joint?.Slice(whole) ?? whole; // what this process reads
        manual_seed(joint?.Seed(whole) ?? whole.Seed); // dropout is the batch's, whatever was drawn before
        weight *= joint?.Weight(whole) ?? 1;
        var texts = TokenizedDomain.Of(read, read);
        var similarities = data[batch.Domain].Similarities is { } all ? Array.ConvertAll(batch.Queries, row => (float)(all[row] / options.Data.ScoreScale)) : null;
        CandidateScores? scores = null;
        double value;
        if (options.Batch.TokensPerChunk > 0)
        {
            value = encoding.Cached(texts, slice, joint?.Terms(Terms, whole) ?? Terms) / weight;
        }
        else
        {
            IReadOnlyList<Tensor> found = encoding.OneGraph(texts, slice);
            found = joint?.Gathered(found, whole) ?? found;
            var mean = Mean(found);
            (weight == 1 ? mean : mean * weight).backward();
            value = mean.detach().to_type(ScalarType.Float64).item<double>();
        }

        return new Outcome(value, read.Count, rows.Sum(row => (long)read.Length(row)), scores!);

        IEnumerable<Tensor> Terms(IReadOnlyList<Tensor> found)
        {
            yield return Mean(found) * weight;
        }

        Tensor Mean(IReadOnlyList<Tensor> found)
        {
            var passes = loss.Scores(found[0], queries);
            scores = CandidateScores.Of(passes[0], similarities);
            return loss.Compute(passes, similarities);
        }
    }

    private sealed record Outcome(double Loss, int Pairs, long Tokens, CandidateScores Scores) : BatchOutcome(Loss, Pairs, Tokens);
}
