using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Adversarial;

/// <summary>Whole runs with adversarial training.</summary>
[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class AdversarialTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-adversarial-").FullName;

    /// <summary>Where the weights hardly move, the second pass is the first: the same batches, contexts, masks and dropout.</summary>
    [Theory]
    [InlineData("batch.size=8")]
    [InlineData("batch.accumulation=2 context.nullShare=0.5")]
    [InlineData("batch.lengthGroups=3 batch.tokensPerChunk=40")]
    [InlineData("batch.lengthGroups=3 batch.tokensPerChunk=40 batch.checkpointLayers=true")]
    [InlineData("model.architecture=bi-encoder precision=bfloat16")]
    [InlineData("model.architecture=bi-encoder pretraining.objective=masked-language-model")]
    public void Step_whoseWeightsHardlyMove_hasTheSameLossTwice_andTwiceTheGradient(string settings)
    {
        var options = TrainingData.Options with { Steps = 3, CheckpointEvery = 3, Model = TrainingData.Options.Model with { Dropout = 0.3 } };
        if (settings.Contains("pretraining", StringComparison.Ordinal))
            options = options with { Context = new() };
        options = TrainingConfiguration.With(options, settings.Split(' '));

        var plain = Run("plain", options)[0];
        var twice = Run("twice", options with { Adversarial = new() { Kind = AdversarialKind.Fgm, Epsilon = 1e-9 } })[0];

        Assert.Null(plain.AdversarialLoss);
        Assert.Equal(plain.Loss, twice.Loss);
        Assert.Equal(twice.Loss, twice.AdversarialLoss!.Value, 1e-6);
        Assert.Equal(2 * plain.GradientNorm, twice.GradientNorm, 1e-4 * plain.GradientNorm);
    }

    [Theory]
    [InlineData("fgm", 0.05)]
    [InlineData("pgd", 0.05)]
    [InlineData("awp", 0.01)]
    public void Step_movesWeightsToWhereTheLossIsWorse_fromTheStartStepOn(string kind, double epsilon)
    {
        var options = TrainingConfiguration.With(TrainingData.Options, [$"adversarial.kind={kind}", FormattableString.Invariant($"adversarial.epsilon={epsilon}"), "adversarial.startStep=2"]);

        var steps = Run(kind, kind == "pgd" ? TrainingConfiguration.With(options, ["adversarial.alpha=0.02"]) : options);

        Assert.All(steps[..2], step => Assert.Null(step.AdversarialLoss));
        Assert.All(steps[2..], step => Assert.True(step.AdversarialLoss > step.Loss, $"step {step.Step}: {step.AdversarialLoss} after {step.Loss}"));
    }

    [Fact]
    public void Adapters_areMovedByAwp_andTheModelBelowStays()
    {
        var start = new TrainingRun(Path.Combine(folder, "start"), TrainingData.Options with { Steps = 3 }, TrainingData.Two).Run(null, null, default).Model!;
        var options = TrainingConfiguration.With(
            new TrainingOptions { Steps = 4, Batch = new() { Size = 8 }, Context = new() { Size = 6 }, Schedule = new() { WarmupSteps = 0 } },
            [$"model.start={start}", "model.maxTokens=24", "adapter.rank=2", "adapter.targets=Wqkv", "adversarial.kind=awp", "adversarial.epsilon=0.1"]);

        var run = new TrainingRun(Path.Combine(folder, "adapters"), options, TrainingData.Two).Run(null, null, default);

        Assert.Equal(run.History[0].Loss, run.History[0].AdversarialLoss); // fresh adapters are 0, and a share of 0 is none
        Assert.All(run.History.Skip(1), step => Assert.NotEqual(step.Loss, step.AdversarialLoss));
        using var before = SafetensorsFile.Open(Path.Combine(start, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(run.Model!, "model.safetensors"));
        Assert.All(before.Entries.Keys, name => Assert.Equal(!name.EndsWith("Wqkv.weight", StringComparison.Ordinal), before.Floats(name).SequenceEqual(after.Floats(name))));
    }

    [Fact]
    public void Run_interruptedAndResumed_endsBitForBitWhereAnUninterruptedOneDoes()
    {
        var options = TrainingData.Options with
        {
            Model = TrainingData.Options.Model with { Dropout = 0.1 },
            Adversarial = new() { Kind = AdversarialKind.Pgd, Alpha = 0.05, Steps = 2, StartStep = 3 },
        };
        var straight = Run("straight", options);

        Assert.False(new TrainingRun(Path.Combine(folder, "resumed"), options, TrainingData.Two).Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        var resumed = Run("resumed", options);

        Assert.Equal(straight.Select(step => step with { Seconds = 0 }), resumed.Select(step => step with { Seconds = 0 }));
        Assert.Equal(
            ContentHash.OfFile(Path.Combine(folder, "straight", "model", "model.safetensors")), ContentHash.OfFile(Path.Combine(folder, "resumed", "model", "model.safetensors")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private StepRecord[] Run(string name, TrainingOptions options) => [.. new TrainingRun(Path.Combine(folder, name), options, TrainingData.Two).Run(null, null, default).History];
}
