using Cde.Workbench.Training.Adversarial;
using Cde.Workbench.Training.Averaging;
using Cde.Workbench.Training.Distributed;
using Cde.Workbench.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// The steps of an optimiser, whatever is trained: the gradients of a step's batches added up, the sum over the processes, the passes at moved weights, the update,
/// the average of the weights, and what every record of a step says. How a batch gets its gradient is the trainer's.
/// </summary>
internal sealed class OptimizerSteps : IDisposable
{
    private readonly TrainingOptions options;
    private readonly nn.Module module;
    private readonly TrainingBatches batches;
    private readonly JointBatch? joint;
    private readonly TimeProvider time;
    private readonly LargeBlocks memory;
    private readonly AdversarialPasses? adversarial;

    /// <summary>Readies the first step.</summary>
    /// <param name="module">Whose parameters move; owned by the caller.</param>
    /// <param name="options">What the run is made of.</param>
    /// <param name="batches">The run's batches in their order.</param>
    /// <param name="joint">Those that take the steps together; null for this process alone.</param>
    /// <param name="beside">Parameters of the loss, which move with the model's; owned by the caller.</param>
    /// <param name="time">The clock of <see cref="StepRecord.Seconds"/>; the system's where null.</param>
    public OptimizerSteps(
        nn.Module module, TrainingOptions options, TrainingBatches batches, JointBatch? joint, IReadOnlyList<(string Name, Parameter Value)>? beside = null, TimeProvider? time = null)
    {
        (this.module, this.options, this.batches, this.joint, this.time) = (module, options, batches, joint, time ?? TimeProvider.System);
        Update = new ParameterUpdate(module, options.Optimizer, options.Schedule, options.Steps, beside, options.Seed);
        adversarial = AdversarialPasses.Of(options.Adversarial, Update.Parameters);
        if (joint is null or { IsFirst: true }) // rank 0 alone writes the model
            Average = WeightAverage.Of(options.Averaging, options.Steps, Update.Values);
        memory = LargeBlocks.Reuse();
    }

    /// <summary>The optimiser, with its state.</summary>
    public ParameterUpdate Update { get; }

    /// <summary>The average of the weights; null where none is kept.</summary>
    public WeightAverage? Average { get; }

    /// <summary>Steps taken; set where weights and moments were loaded.</summary>
    public long Taken { get; set; }

    /// <summary>Takes one step.</summary>
    /// <param name="backward">Adds a batch's gradient, over the batches of a step, to the parameters' <c>grad</c>. It draws random numbers by the batch's seed alone.</param>
    /// <returns>What is said of every step, and what <paramref name="backward"/> said of each batch.</returns>
    /// <exception cref="CdeException">The loss is no number.</exception>
    public (StepRecord Record, IReadOnlyList<T> Parts) Take<T>(Func<TrainingBatch, T> backward)
        where T : BatchOutcome
    {
        var started = time.GetTimestamp();
        module.train();
        Update.Forget();
        TrainingBatch[] own = [.. Enumerable.Range(0, options.Batch.Accumulation).Select(i => batches.At(Taken * options.Batch.Accumulation + i))];
        var (parts, mean) = Pass(own, backward);
        double? moved = adversarial is not null && adversarial.IsDue(Taken) ? adversarial.Run(() => Pass(own, backward).Mean) : null;
        var norms = Update.Step(Taken);
        Taken++;
        Average?.Take(Taken);
        var record = new StepRecord
        {
            Step = Taken,
            Loss = mean,
            AdversarialLoss = moved,
            LearningRate = Update.Rate(Taken - 1),
            Temperature = options.Loss.TemperatureAt(Taken - 1),
            GradientNorm = norms.All,
            GradientNormFirstStage = norms.FirstStage,
            GradientNormSecondStage = norms.SecondStage,
            Pairs = parts.Sum(part => part.Pairs),
            Tokens = parts.Sum(part => part.Tokens),
            Seconds = time.GetElapsedTime(started).TotalSeconds,
        };
        return (record, parts);
    }

    /// <summary>Adds the gradient of all batches at the weights as they stand, over all processes.</summary>
    private (T[] Parts, double Mean) Pass<T>(TrainingBatch[] own, Func<TrainingBatch, T> backward)
        where T : BatchOutcome
    {
        var parts = Array.ConvertAll(own, batch => backward(batch));
        var mean = parts.Average(part => part.Loss);
        Update.Check(Taken, mean);
        joint?.SumGradients(Update.Values.Select(entry => entry.Value));
        return (parts, mean);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Average?.Dispose();
        Update.Dispose();
        memory.Dispose();
    }
}
