using Cde.Torch;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Distributed;
using Cde.Workbench.Training.Pretraining;
using Cde.Workbench.Training.Runs;

namespace Cde.Workbench.Tests.Training.Distributed;

/// <summary>Several processes take the steps of one: without dropout, up to the rounding of sums in another order.</summary>
[Collection(LiveTensors.Name)] // the process' one generator
public sealed class JointBatchTests : IDisposable
{
    /// <summary>AdamW divides by the root of the second moment; an epsilon well above rounding keeps the quotient of a vanishing gradient from being its noise.</summary>
    private const double Epsilon = 1e-4;

    private const int StepCount = 4;

    private static readonly TrainingOptions Plain = TrainingData.Options with
    {
        Batch = new() { Size = 8 },
        Schedule = new() { WarmupSteps = 0, Kind = ScheduleKind.Constant },
        Optimizer = new() { LearningRate = 3e-3, Epsilon = Epsilon },
    };

    private readonly string folder = Directory.CreateTempSubdirectory("cde-joint-").FullName;

    public JointBatchTests()
    {
        var texts = TrainingData.Two.SelectMany(domain => domain.Queries.Concat(domain.Documents));
        WordPieceTrainer.Train(texts, new WordPieceTrainerOptions { VocabularySize = 200 }, null, default).Save(folder);
    }

    public static TheoryData<int, string> Cases => new()
    {
        { 2, "" },
        { 3, "" },
        { 2, "batch.tokensPerChunk=40" },
        { 3, "batch.tokensPerChunk=40 batch.checkpointLayers=true" },
        { 2, "batch.size=7 batch.negatives=2" },
        { 3, "batch.size=7 batch.negatives=2 batch.tokensPerChunk=40" },
        { 2, "batch.accumulation=2 context.nullShare=0.5" },
        { 2, "context.strategy=pooled context.statistics=true" },
        { 2, "context.strategy=batch batch.tokensPerChunk=40 context.statistics=true" },
        { 3, "model.architecture=bi-encoder" },
        { 2, "model.architecture=bi-encoder batch.tokensPerChunk=40 batch.negatives=1" },
        { 2, "loss.name=cde-contrastive batch.negatives=1" },
        { 2, "loss.name=matryoshka loss.options.dimensions=[16,8] batch.tokensPerChunk=40" },
        { 3, "batch.size=2" }, // fewer pairs than processes
        { 3, "batch.size=2 batch.tokensPerChunk=40 batch.negatives=1" },
        { 2, "optimizer.clipNorm=0.05 precision=bfloat16" },
        { 2, "adversarial.kind=fgm adversarial.epsilon=0.1" },
        { 3, "adversarial.kind=pgd adversarial.alpha=0.05 adversarial.steps=2 batch.tokensPerChunk=40 batch.accumulation=2" },
        { 2, "adversarial.kind=awp batch.size=7 batch.negatives=2" },
        { 2, "loss.name=cosent" },
        { 3, "loss.name=cosine-mse data.scoreScale=5 batch.tokensPerChunk=40" },
        { 2, "loss.name=arcface" },
        { 3, "loss.name=arcface batch.tokensPerChunk=40 batch.accumulation=2" },
        { 3, "loss.name=arcface batch.size=2" },
        { 2, "loss.name=maxsim model.architecture=bi-encoder batch.negatives=1" },
        { 3, "loss.name=maxsim model.architecture=bi-encoder batch.negatives=1 batch.tokensPerChunk=40" },
        { 2, "loss.name=kl-distillation batch.negatives=2 batch.tokensPerChunk=40" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Processes_together_take_the_steps_of_one_with_the_joint_batch(int processes, string settings)
    {
        var options = TrainingConfiguration.With(Plain, settings.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        // The best of nearly equal tokens, and bfloat16's digits, can change with the rounding.
        var tolerance = options.Precision == TrainingPrecision.Bfloat16 ? 2e-2 : options.Loss.Name == "maxsim" ? 5e-4 : 2e-5;

        var alone = Train(options, null);
        var together = Ranks.Run(processes, group => Train(options, group));

        Assert.All(together, other => AssertSame(alone, other, tolerance));
        Assert.All(together, other => Assert.Equal(together[0].Weights, other.Weights)); // bit for bit
        Assert.True(alone.Weights.Zip(alone.Start).Max(pair => Math.Abs(pair.First - pair.Second)) > 100 * 2e-5, "the weights must have moved much further than the tolerance");
    }

    [Theory]
    [InlineData("info-nce", 0)]
    [InlineData("guided", 40)]
    public void A_guide_marks_the_joint_batch(string loss, int tokensPerChunk)
    {
        var options = Plain with
        {
            Model = Plain.Model with { Architecture = TrainedArchitecture.BiEncoder },
            Loss = new() { Name = loss },
            Batch = new() { Size = 8, Negatives = 1, TokensPerChunk = tokensPerChunk },
        };
        var target = Path.Combine(folder, "guide");
        using (var untrained = RunModel.Create(options, folder, TrainingRun.Prompts))
            untrained.Write(target);
        options = TrainingConfiguration.With(options, [$"guide.model={target}", $"guide.rule={(loss == "guided" ? "off" : "own-document")}"]);

        var alone = Train(options, null);
        var together = Ranks.Run(2, group => Train(options, group));

        Assert.All(together, other => AssertSame(alone, other, 2e-5));
        if (loss != "guided")
            Assert.True(alone.Steps[0].FalseNegativeRate > 0, "the guide must find something in the batch");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)] // more than groups by length
    public void Pretraining_together_takes_the_steps_of_one_process(int processes)
    {
        var options = Plain with
        {
            Model = Plain.Model with { Architecture = TrainedArchitecture.BiEncoder },
            Pretraining = new() { Objective = PretrainingObjective.MaskedLanguageModel },
            Context = new(),
            Batch = new() { Size = 8, Accumulation = 2 },
        };

        var alone = Pretrain(options, null);
        var together = Ranks.Run(processes, group => Pretrain(options, group));

        Assert.All(together, other => AssertSame(alone, other, 2e-5));
        Assert.All(together, other => Assert.Equal(alone.Steps.Select(step => step.Accuracy), other.Steps.Select(step => step.Accuracy)));
        Assert.All(together, other => Assert.Equal(alone.Steps[^1].EffectiveRank!.Value, other.Steps[^1].EffectiveRank!.Value, 1e-3));
        Assert.All(together, other => Assert.Equal(together[0].Weights, other.Weights)); // bit for bit
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Dropout_is_drawn_anew_by_each_process_and_repeats(int tokensPerChunk)
    {
        // One process a thread would share the generator, so each rank is asked for its own numbers alone.
        var batch = new TrainingBatch(0, [0, 1, 2], [0, 1, 2], []) { Seed = 5 };
        var seeds = Ranks.Run(3, group => new JointBatch(group).Seed(batch));
        Assert.Equal(5, seeds[0]);
        Assert.Equal(3, seeds.Distinct().Count());

        var options = Plain with { Model = Plain.Model with { Dropout = 0.3 }, Batch = Plain.Batch with { TokensPerChunk = tokensPerChunk } };
        var (first, again) = (Ranks.Run(1, group => Train(options, group))[0], Train(options, null));
        Assert.Equal(first.Weights, again.Weights);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Trained Train(TrainingOptions options, ProcessGroup? group)
    {
        var data = LossData.Of(options.Loss) switch
        {
            { Kind: TrainingDataKind.ScoredPairs } => TrainingData.Scored,
            { Kind: TrainingDataKind.Classes } => TrainingData.Classed,
            { NeedsTeacher: true } => TrainingData.Taught,
            _ => TrainingData.WithNegatives,
        };
        using var guide = BatchGuide.Build(options.Guide, data, null, null, default);
        using var model = RunModel.Create(options, folder, TrainingRun.Prompts);
        using var trainer = new Trainer(model.Training, data, model.Tokenizer, model.Prompts, options, new BatchCompany(guide), null, group);
        var start = Weights(trainer);
        var steps = Enumerable.Range(0, StepCount).Select(_ => trainer.TakeStep()).ToArray();
        return new Trained(steps, start, Weights(trainer));
    }

    private Trained Pretrain(TrainingOptions options, ProcessGroup? group)
    {
        using var model = RunModel.Create(options, folder, TrainingRun.Prompts);
        using var trainer = new Pretrainer(model.Training, TrainingData.Texts, model.Tokenizer, options, new BatchCompany(), group);
        var start = Weights(trainer);
        var steps = Enumerable.Range(0, StepCount).Select(_ => trainer.TakeStep()).ToArray();
        return new Trained(steps, start, Weights(trainer));
    }

    private static float[] Weights(ITrainer trainer) => [.. trainer.Update.Values.SelectMany(entry => entry.Value.data<float>().ToArray())];

    private static void AssertSame(Trained expected, Trained actual, double tolerance)
    {
        foreach (var (one, other) in expected.Steps.Zip(actual.Steps))
        {
            Assert.Equal(one.Loss, other.Loss, tolerance * Math.Max(1, one.Loss));
            Assert.Equal(one.GradientNorm, other.GradientNorm, 10 * tolerance * Math.Max(1, one.GradientNorm));
            Assert.Equal((one.Pairs, one.Tokens, one.FalseNegativeRate, one.NullContext), (other.Pairs, other.Tokens, other.FalseNegativeRate, other.NullContext));
        }

        var difference = expected.Weights.Zip(actual.Weights).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(difference <= tolerance, $"the weights differ by {difference}");
    }

    private sealed record Trained(StepRecord[] Steps, float[] Start, float[] Weights);
}
