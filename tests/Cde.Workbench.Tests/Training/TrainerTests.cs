using System.Text.Json;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training;

/// <summary>Single steps: what they compute, and what does not change it.</summary>
[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class TrainerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-trainer-").FullName;

    public TrainerTests()
    {
        var texts = TrainingData.Two.SelectMany(domain => domain.Queries.Concat(domain.Documents));
        WordPieceTrainer.Train(texts, new WordPieceTrainerOptions { VocabularySize = 200 }, null, default).Save(folder);
    }

    [Theory]
    [InlineData(ContextStrategy.Corpus, 0)]
    [InlineData(ContextStrategy.Pooled, 0)]
    [InlineData(ContextStrategy.Batch, 2)]
    [InlineData(ContextStrategy.Null, 0)]
    public void TakeStep_withGradientsCached_isTheStepInOneGraph(ContextStrategy strategy, int negatives)
    {
        var options = TrainingData.Options with
        {
            Context = new() { Size = 5, Strategy = strategy, NullShare = 0.1 },
            Batch = new() { Size = 8, Negatives = negatives },
            Schedule = new() { WarmupSteps = 0 },
        };

        var plain = Steps(options, 3);
        var cached = Steps(options with { Batch = options.Batch with { TokensPerChunk = 40 } }, 3);

        Assert.All(plain.Zip(cached), pair => AssertSame(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData(TrainedArchitecture.Contextual, true)]
    [InlineData(TrainedArchitecture.Contextual, false)]
    [InlineData(TrainedArchitecture.BiEncoder, false)]
    public void TakeStep_withActivationsCheckpointed_isTheStepThatKeepsThem_dropoutIncluded(TrainedArchitecture architecture, bool freeze)
    {
        var options = TrainingData.Options with
        {
            Model = TrainingData.Options.Model with { Architecture = architecture, Layers = 3, Dropout = 0.2 },
            Batch = new() { Size = 8, TokensPerChunk = 40 },
            Schedule = new() { WarmupSteps = 0 },
            Optimizer = new() { LearningRate = 3e-3, Freeze = freeze ? ["*embeddings*", "*emb_ln*"] : [] },
        };

        var kept = Steps(options, 4);
        var checkpointed = Steps(options with { Batch = options.Batch with { CheckpointLayers = true } }, 4);

        Assert.All(kept.Zip(checkpointed), pair => AssertSame(pair.First, pair.Second, 1e-5));
        Assert.NotEqual(kept[0].Loss, kept[3].Loss);
    }

    [Fact]
    public void TakeStep_overTwoAccumulatedBatches_hasTheMeanOfTheirLosses()
    {
        var options = TrainingData.Options with { Schedule = new() { WarmupSteps = 0 }, Optimizer = new() { LearningRate = 1e-9 } };

        var single = Steps(options, 2);
        var both = Steps(options with { Batch = options.Batch with { Accumulation = 2 } }, 1)[0];

        Assert.Equal((single[0].Loss + single[1].Loss) / 2, both.Loss, 1e-5);
        Assert.Equal(single[0].Pairs + single[1].Pairs, both.Pairs);
        Assert.True(both.GradientNorm <= (single[0].GradientNorm + single[1].GradientNorm) / 2 + 1e-5); // the length of a mean
    }

    [Theory]
    [InlineData("info-nce", "{}")]
    [InlineData("cde-contrastive", "{}")]
    [InlineData("guided", "{}")]
    [InlineData("simcse", "{}")]
    [InlineData("circle", "{}")]
    [InlineData("matryoshka", """{"dimensions": [16, 8, 4], "inner": "cde-contrastive"}""")]
    [InlineData("matryoshka", """{"dimensions": [16, 8], "inner": "info-nce", "innerOptions": {"isSymmetric": true}}""")]
    public void TakeStep_withALossByName_learns(string name, string json)
    {
        var options = TrainingData.Options with
        {
            Loss = new() { Name = name, Options = JsonSerializer.Deserialize<JsonElement>(json) },
            Schedule = new() { WarmupSteps = 0, Kind = ScheduleKind.Constant },
            Batch = new() { Size = 8, Negatives = 1 },
            Optimizer = new() { LearningRate = 3e-3 },
        };
        if (LossCatalogLacks(options))
            Assert.Skip($"{name} reads no pairs");

        var steps = Steps(options, 40);

        Assert.True(steps[^5..].Average(step => step.Loss) < 0.9 * steps[..5].Average(step => step.Loss), $"{steps[0].Loss} to {steps[^1].Loss}");
    }

    [Fact]
    public void TakeStep_inBfloat16_staysNearFloat32_withWeightsInFloat32()
    {
        var options = TrainingData.Options with { Schedule = new() { WarmupSteps = 0 }, Loss = new() { Options = JsonSerializer.Deserialize<JsonElement>("""{"temperature": 0.2}""") } };

        var full = Steps(options, 5);
        var half = Steps(options with { Precision = TrainingPrecision.Bfloat16 }, 5, AssertFloat32);

        Assert.All(full.Zip(half), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 0.05 * pair.First.Loss));
        Assert.NotEqual(full[0].Loss, half[0].Loss); // so the layers do compute otherwise

        static void AssertFloat32(RunModel model) => Assert.All(model.Training.Module.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    [Theory]
    [InlineData("info-nce", "own-document")]
    [InlineData("cde-contrastive", "own-document")]
    [InlineData("guided", "off")]
    public void TakeStep_withAGuide_leavesOutWhatItTakesForAnswers(string loss, string rule)
    {
        var plain = TrainingData.Options with { Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder }, Schedule = new() { WarmupSteps = 0 }, Loss = new() { Name = loss } };
        var target = Path.Combine(folder, "guide");
        using (var untrained = RunModel.Create(plain, folder, TrainingRun.Prompts))
            untrained.Write(target);
        var options = TrainingConfiguration.With(plain, [$"guide.model={target}", $"guide.rule={rule}"]);
        using var guide = BatchGuide.Build(options.Guide, TrainingData.Two, null, null, default)!;

        var (without, with) = (Steps(plain, 1)[0], Steps(options, 1, guide: guide)[0]);

        Assert.True(with.Loss < without.Loss, $"{with.Loss} with, {without.Loss} without"); // fewer negatives
        Assert.Equal(rule != "off", with.FalseNegativeRate > without.FalseNegativeRate);
    }

    [Fact]
    public void TakeStep_withDropout_repeatsExactly_whateverTheProcessDrewBefore()
    {
        var options = TrainingData.Options with { Model = TrainingData.Options.Model with { Dropout = 0.3 }, Context = new() { Size = 6, SequenceDropout = 0.3, NullShare = 0 } };

        var first = Steps(options, 4);
        using (rand(100))
        {
            var second = Steps(options, 4);

            Assert.Equal(first.Select(step => step with { Seconds = 0 }), second.Select(step => step with { Seconds = 0 }));
        }

        Assert.NotEqual(first[0].Loss, Steps(options with { Model = options.Model with { Dropout = 0 } }, 1)[0].Loss);
    }

    [Fact]
    public void TakeStep_record_tellsStagesApart_andSeesACollapse()
    {
        var step = Steps(TrainingData.Options with { Schedule = new() { WarmupSteps = 0 } }, 1)[0];
        var plain = Steps(TrainingData.Options with { Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder } }, 1)[0];

        Assert.Equal(step.GradientNorm, Math.Sqrt(step.GradientNormFirstStage!.Value * step.GradientNormFirstStage.Value + step.GradientNormSecondStage!.Value * step.GradientNormSecondStage.Value), 1e-6);
        Assert.Null(plain.GradientNormFirstStage);
        Assert.InRange(step.Accuracy, 0, 1);
        Assert.InRange(step.Alignment, 0, 4);
        Assert.InRange(step.EffectiveRank, 1, 8.001);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool LossCatalogLacks(TrainingOptions options) => BatchLoss.Missing(options.Loss) is not null;

    private StepRecord[] Steps(TrainingOptions options, int count, Action<RunModel>? check = null, BatchGuide? guide = null)
    {
        using var model = RunModel.Create(options, folder, TrainingRun.Prompts);
        using var trainer = new Trainer(model.Training, options.Batch.Negatives > 0 ? TrainingData.WithNegatives : TrainingData.Two, model.Tokenizer, model.Prompts, options, new BatchCompany(guide), null);
        check?.Invoke(model);
        return [.. Enumerable.Range(0, count).Select(_ => trainer.TakeStep())];
    }

    private static void AssertSame(StepRecord expected, StepRecord actual, double tolerance)
    {
        Assert.Equal(expected.Loss, actual.Loss, tolerance * Math.Max(1, expected.Loss));
        Assert.Equal(expected.GradientNorm, actual.GradientNorm, tolerance * Math.Max(1, 10 * expected.GradientNorm));
        Assert.Equal(expected.Accuracy, actual.Accuracy, 0.13); // one query of eight may sit on a tie
        Assert.Equal(expected.Alignment, actual.Alignment, 1e-3);
        Assert.Equal(expected.NullContext, actual.NullContext);
    }
}
