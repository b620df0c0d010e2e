using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Pretraining;

/// <summary>Pre-training as a run: it learns, resumes bit for bit, and writes a model to start from.</summary>
[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class PretrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-pretraining-").FullName;

    private static readonly TrainingOptions Masked = TrainingData.Options with
    {
        Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder, Dropout = 0.1 },
        Context = new(),
        Pretraining = new() { Objective = PretrainingObjective.MaskedLanguageModel, MaskShare = 0.3 },
        Schedule = new() { WarmupSteps = 0, Kind = ScheduleKind.Constant },
    };

    private TrainingOptions RetroMae => Masked with
    {
        Model = new() { Start = Bert(), MaxTokens = 24 },
        Pretraining = new() { Objective = PretrainingObjective.RetroMae },
        Optimizer = new() { LearningRate = 1e-3 },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_interruptedAndResumed_endsBitForBitWhereAnUninterruptedOneDoes(bool retroMae)
    {
        var options = retroMae ? RetroMae : Masked;
        new TrainingRun(Path.Combine(folder, "straight"), options, TrainingData.Two).Run(null, null, default);

        var interrupted = new TrainingRun(Path.Combine(folder, "interrupted"), options, TrainingData.Two);
        Assert.False(interrupted.Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        Assert.True(interrupted.Run(null, null, default).IsFinished);

        Assert.Equal(Files("straight"), Files("interrupted"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_onAFewTexts_guessesMoreOfTheHiddenTokens(bool retroMae)
    {
        var options = (retroMae ? RetroMae : Masked) with { Steps = 120, CheckpointEvery = 120 };

        StepRecord[] history = [.. new TrainingRun(folder, options, TrainingData.Two).Run(null, null, default).History];

        Assert.True(history[^10..].Average(step => step.Loss) < 0.85 * history[..10].Average(step => step.Loss), $"loss {history[0].Loss} to {history[^1].Loss}");
        Assert.True(history[^10..].Average(step => step.Accuracy) > history[..10].Average(step => step.Accuracy));
    }

    [Fact]
    public void Run_whenOver_hasAModelThatTrainingGoesOnFrom()
    {
        var pretrained = new TrainingRun(Path.Combine(folder, "pre"), Masked, TrainingData.Two).Run(null, null, default).Model!;
        var options = TrainingConfiguration.With(new TrainingOptions { Steps = 4, Batch = new() { Size = 8 }, Schedule = new() { WarmupSteps = 0 } }, [$"model.start={pretrained}", "model.maxTokens=24"]);

        var outcome = new TrainingRun(Path.Combine(folder, "fine"), options, TrainingData.Two).Run(null, null, default);

        Assert.True(outcome.IsFinished);
        using var model = EmbeddingModel.Load(outcome.Model!);
        Assert.Equal(16, model.Dimension);
    }

    [Fact]
    public void Run_inLengthGroups_hasTheGradientOfTheWhole()
    {
        var options = Masked with { Steps = 1, CheckpointEvery = 1, Model = Masked.Model with { Dropout = 0 }, Pretraining = Masked.Pretraining with { MaskShare = 0.5 } };

        var groups = new TrainingRun(Path.Combine(folder, "groups"), options with { Batch = options.Batch with { LengthGroups = 4 } }, TrainingData.Two).Run(null, null, default).History[0];
        var accumulated = new TrainingRun(Path.Combine(folder, "two"), options with { Batch = options.Batch with { LengthGroups = 4, Accumulation = 2 } }, TrainingData.Two).Run(null, null, default).History[0];

        Assert.InRange(groups.Loss, 3, 8); // near log of 200 pieces at first
        Assert.Equal(2 * groups.Pairs, accumulated.Pairs);
        Assert.InRange(accumulated.Loss, 3, 8);
    }

    [Fact]
    public void Run_ofAModelThatHasNoSuchObjective_isRefused()
    {
        var contextual = Assert.Throws<CdeException>(() => new TrainingRun(Path.Combine(folder, "a"), Masked with { Model = TrainingData.Options.Model }, TrainingData.Two).Run(null, null, default));
        var nomic = Assert.Throws<CdeException>(() => new TrainingRun(Path.Combine(folder, "b"), Masked with { Pretraining = new() { Objective = PretrainingObjective.RetroMae } }, TrainingData.Two).Run(null, null, default));

        Assert.Contains("take model.architecture bi-encoder", contextual.Message, StringComparison.Ordinal);
        Assert.Contains("retro-mae pre-trains BERT models; name one in model.start", nomic.Message, StringComparison.Ordinal);
    }

    /// <summary>A fresh BERT with a vocabulary of the texts.</summary>
    private string Bert()
    {
        var target = Path.Combine(folder, "bert");
        var vocabulary = WordPieceTrainer.Train(TrainingData.Two.SelectMany(domain => domain.Documents), new WordPieceTrainerOptions { VocabularySize = 200 }, null, default);
        vocabulary.Save(Directory.CreateDirectory(target).FullName);
        var size = WordPieceTokenizer.FromFolder(target).VocabularySize;
        using var encoder = new BertEncoder(new BertConfig(size, 16, 2, 2, 32, 64), new InitialWeights(3).Scope(""));
        TensorFile.Write(Path.Combine(target, "model.safetensors"), encoder.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)));
        File.WriteAllText(Path.Combine(target, "config.json"), $$"""{"model_type": "bert", "vocab_size": {{size}}, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32, "max_position_embeddings": 64}""");
        return target;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Dictionary<string, string> Files(string name)
    {
        var run = new RunFolder(Path.Combine(folder, name));
        string[] files = [Path.Combine(run.CheckpointOf(12), "model.safetensors"), Path.Combine(run.CheckpointOf(12), "optimizer.safetensors"), Path.Combine(run.Model, "model.safetensors")];
        return files.ToDictionary(file => Path.GetRelativePath(run.Path, file), ContentHash.OfFile);
    }
}
