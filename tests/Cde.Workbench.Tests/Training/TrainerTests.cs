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
    public void TakeStep_withParametersFrozenForSomeSteps_isThatOfAFrozenRun_thenTheyMove()
    {
        var frozen = TrainingData.Options with { Schedule = new() { WarmupSteps = 0 }, Optimizer = new() { LearningRate = 3e-3, Freeze = ["*embeddings*"] } };
        var held = frozen with { Optimizer = frozen.Optimizer with { FreezeSteps = 3 } };

        var (always, before) = Embeddings(frozen, 3);
        var (first, still) = Embeddings(held, 3);
        var (more, after) = Embeddings(held, 4);

        Assert.Equal(always.Select(step => (step.Loss, step.GradientNorm)), first.Select(step => (step.Loss, step.GradientNorm)));
        Assert.Equal(before, still);
        Assert.NotEqual(before, after);
        Assert.Equal(first.Select(step => step.Loss), more[..3].Select(step => step.Loss));

        (StepRecord[] Steps, float[] Values) Embeddings(TrainingOptions options, int count)
        {
            using var model = RunModel.Create(options, folder, TrainingRun.Prompts);
            using var trainer = new Trainer(model.Training, TrainingData.Two, model.Tokenizer, model.Prompts, options, new BatchCompany(null), null);
            var weight = model.Training.Module.named_parameters().First(entry => entry.name.EndsWith("word_embeddings.weight", StringComparison.Ordinal)).parameter;
            StepRecord[] steps = [.. Enumerable.Range(0, count).Select(_ => trainer.TakeStep())];
            return (steps, weight.data<float>().ToArray());
        }
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
        var steps = Steps(options, 40);

        Assert.True(steps[^5..].Average(step => step.Loss) < 0.9 * steps[..5].Average(step => step.Loss), $"{steps[0].Loss} to {steps[^1].Loss}");
    }

    [Theory]
    [InlineData("cosent", "{}", 5)]
    [InlineData("angle", "{}", 5)]
    [InlineData("cosine-mse", "{}", 5)]
    [InlineData("pearson", "{}", 5)]
    [InlineData("contrastive", "{}", 5)]
    [InlineData("online-contrastive", "{}", 5)]
    [InlineData("matryoshka", """{"dimensions": [16, 8], "inner": "cosent"}""", 1)]
    public void TakeStep_onScoredPairs_learnsTheirOrder(string name, string json, double scale)
    {
        var steps = Fitted(TrainingData.Scored, Fast(name, json) with { Data = new() { ScoreScale = scale } });

        Assert.All(steps, step => Assert.Null(step.Accuracy));
        if (name != "angle") // which orders by the angle of complex vectors, not by cosines
            Assert.True(steps[^1].Correlation > steps[0].Correlation + 0.1, $"{steps[0].Correlation} to {steps[^1].Correlation}");
    }

    [Theory]
    [InlineData("arcface", """{"scale": 10, "margin": 0.1}""")]
    [InlineData("matryoshka", """{"dimensions": [16, 8], "inner": "arcface", "innerOptions": {"scale": 10, "margin": 0.1}}""")]
    public void TakeStep_onTextsWithClasses_tellsClassesApart(string name, string json)
    {
        var steps = Fitted(TrainingData.Classed, Fast(name, json));

        Assert.All(steps, step => Assert.Null(step.FalseNegativeRate));
        Assert.Equal(1, steps[^1].Accuracy);
    }

    [Theory]
    [InlineData("margin-mse", """{"similarity": "cosine", "scale": 5}""", 2)]
    [InlineData("kl-distillation", """{"similarity": "cosine", "temperature": 0.5}""", 2)]
    [InlineData("kl-distillation", """{"similarity": "cosine", "over": "batch"}""", 0)]
    [InlineData("m3-distillation", """{"temperature": 0.2}""", 2)]
    public void TakeStep_withATeachersScores_learns(string name, string json, int negatives)
    {
        var options = Fast(name, json);

        Fitted(TrainingData.Taught, options with { Batch = options.Batch with { Negatives = negatives } });
    }

    [Fact]
    public void TakeStep_onTokenVectors_learns()
    {
        var options = Fast("maxsim", """{"temperature": 0.5}""");

        var steps = Fitted(TrainingData.WithNegatives, options with { Batch = options.Batch with { Negatives = 1 } });

        Assert.All(steps, step => Assert.InRange(step.Accuracy!.Value, 0, 1));
    }

    [Fact]
    public void TakeStep_onSingleTexts_learnsFromDropoutAlone_andRefusesAModelWithoutIt()
    {
        var options = Fast("simcse", "{}");

        var error = Assert.Throws<CdeException>(() => Steps(options, 1, data: TrainingData.Texts));
        var steps = Fitted(TrainingData.Texts, options with { Model = options.Model with { Dropout = 0.1 } });

        Assert.Contains("set model.dropout", error.Message, StringComparison.Ordinal);
        Assert.True(steps[0].Alignment > 0);
    }

    [Theory]
    [InlineData("cosent", "{}")]
    [InlineData("arcface", "{}")]
    [InlineData("arcface", """{"dynamicMargin": true}""")]
    [InlineData("margin-mse", "{}")]
    [InlineData("maxsim", """{"temperature": 1}""")]
    public void TakeStep_withGradientsCached_isTheStepInOneGraph_whateverTheLossReads(string name, string json)
    {
        var data = name switch { "cosent" => TrainingData.Scored, "arcface" => TrainingData.Classed, _ => TrainingData.Taught };
        var options = Fast(name, json) with { Batch = new() { Size = 8, Negatives = data == TrainingData.Taught ? 2 : 0 } };

        var plain = Steps(options, 3, data: data);
        var cached = Steps(options with { Batch = options.Batch with { TokensPerChunk = 40 } }, 3, data: data);

        Assert.All(plain.Zip(cached), pair => AssertSame(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData("cosent", "has no score; loss cosent needs scored pairs (form scored-pair")]
    [InlineData("contrastive", "has no score")]
    [InlineData("arcface", "has no class; loss arcface needs texts with classes (form point")]
    [InlineData("margin-mse", "has a document without a teacher's score; loss margin-mse needs a teacher's score of every positive and hard negative (form flag")]
    public void Of_dataThatTheLossCannotRead_isRefusedInALine(string loss, string expected)
    {
        var options = Fast(loss, "{}") with { Batch = new() { Size = 8, Negatives = loss == "margin-mse" ? 1 : 0 } };

        var error = Assert.Throws<CdeException>(() => Steps(options, 1, data: TrainingData.WithNegatives));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Of_scoresBeyondTheLoss_namesTheScale_andScoredPairsAreNoPairs()
    {
        var beyond = Assert.Throws<CdeException>(() => Steps(Fast("cosine-mse", "{}"), 1, data: TrainingData.Scored));
        var pairs = Assert.Throws<CdeException>(() => Steps(Fast("info-nce", "{}"), 1, data: TrainingData.Scored));

        Assert.Contains("has the score 5, loss cosine-mse takes -1 to 1; divide the scores with data.scoreScale, such as their greatest, 5", beyond.Message, StringComparison.Ordinal);
        Assert.Contains("scored pairs, which need not answer each other", pairs.Message, StringComparison.Ordinal);
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
        Assert.InRange(step.Accuracy!.Value, 0, 1);
        Assert.InRange(step.Alignment!.Value, 0, 4);
        Assert.InRange(step.EffectiveRank!.Value, 1, 8.001);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A bi-encoder that learns at once.</summary>
    private static TrainingOptions Fast(string loss, string json) => TrainingData.Options with
    {
        Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder },
        Loss = new() { Name = loss, Options = JsonSerializer.Deserialize<JsonElement>(json) },
        Schedule = new() { WarmupSteps = 0, Kind = ScheduleKind.Constant },
        Optimizer = new() { LearningRate = 3e-3 },
    };

    /// <summary>Steps on the first eight rows alone, whose loss falls.</summary>
    private StepRecord[] Fitted(IReadOnlyList<TrainingDomain> data, TrainingOptions options)
    {
        var steps = Steps(options, 60, data: [First(data[0], 8)]);
        Assert.True(steps[^1].Loss < 0.9 * steps[0].Loss, $"loss {steps[0].Loss} to {steps[^1].Loss}");
        return steps;
    }

    private static TrainingDomain First(TrainingDomain domain, int rows) => domain with
    {
        Queries = [.. domain.Queries.Take(rows)],
        Positives = [.. domain.Positives.Take(rows)],
        Negatives = domain.Negatives is null ? null : [.. domain.Negatives.Take(rows)],
        PositiveScores = domain.PositiveScores is null ? null : [.. domain.PositiveScores.Take(rows)],
        NegativeScores = domain.NegativeScores is null ? null : [.. domain.NegativeScores.Take(rows)],
        Similarities = domain.Similarities is null ? null : [.. domain.Similarities.Take(rows)],
        Classes = domain.Classes is null ? null : [.. domain.Classes.Take(rows)],
    };

    private StepRecord[] Steps(TrainingOptions options, int count, Action<RunModel>? check = null, BatchGuide? guide = null, IReadOnlyList<TrainingDomain>? data = null)
    {
        data ??= options.Batch.Negatives > 0 ? TrainingData.WithNegatives : TrainingData.Two;
        using var model = RunModel.Create(options, folder, TrainingRun.Prompts);
        using var trainer = new Trainer(model.Training, data, model.Tokenizer, model.Prompts, options, new BatchCompany(guide), null);
        check?.Invoke(model);
        return [.. Enumerable.Range(0, count).Select(_ => trainer.TakeStep())];
    }

    private static void AssertSame(StepRecord expected, StepRecord actual, double tolerance)
    {
        Assert.Equal(expected.Loss, actual.Loss, tolerance * Math.Max(1, expected.Loss));
        Assert.Equal(expected.GradientNorm, actual.GradientNorm, tolerance * Math.Max(1, 10 * expected.GradientNorm));
        Assert.Equal(expected.Accuracy ?? 0, actual.Accuracy ?? 0, 0.13); // one query of eight may sit on a tie
        Assert.Equal(expected.Alignment ?? 0, actual.Alignment ?? 0, 1e-3);
        Assert.Equal(expected.NullContext, actual.NullContext);
    }
}
