using Cde.Workbench.Corpora;
using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Workbench.Tests.Training.Averaging;

/// <summary>Runs that keep an average of their weights.</summary>
[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class AveragedRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-averaged-").FullName;

    private static readonly TrainingOptions Plain = TrainingData.Options with { Model = TrainingData.Options.Model with { Dropout = 0.1 } };

    [Theory]
    [InlineData("averaging.kind=ema averaging.decay=0.9")]
    [InlineData("averaging.kind=swa averaging.startStep=3 averaging.every=2")]
    public void Run_goesOnWithItsOwnWeights_writesTheAverage_andResumesBitForBit(string settings)
    {
        var options = TrainingConfiguration.With(Plain, settings.Split(' '));
        var plain = Run("plain", Plain);
        var straight = Run("straight", options);

        Assert.False(new TrainingRun(Path.Combine(folder, "resumed"), options, TrainingData.Two).Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        Run("resumed", options);

        Assert.Equal(plain.History.Select(step => step with { Seconds = 0 }), straight.History.Select(step => step with { Seconds = 0 }));
        Assert.Equal(Hash("plain", "checkpoints/step-12/model.safetensors"), Hash("straight", "checkpoints/step-12/model.safetensors"));
        Assert.NotEqual(Hash("plain", "model/model.safetensors"), Hash("straight", "model/model.safetensors"));
        foreach (var file in new[] { "checkpoints/step-12/model.safetensors", "checkpoints/step-12/optimizer.safetensors", "checkpoints/step-12/average.safetensors", "model/model.safetensors" })
            Assert.Equal(Hash("straight", file), Hash("resumed", file));

        using var averages = SafetensorsFile.Open(Path.Combine(folder, "straight", "checkpoints", "step-12", "average.safetensors"));
        using var model = SafetensorsFile.Open(Path.Combine(straight.Model!, "model.safetensors"));
        Assert.All(averages.Entries.Keys, name => Assert.Equal(averages.Floats(name).Select(value => (float)(Half)value), model.Floats(name)));
        Assert.False(File.Exists(Path.Combine(folder, "plain", "checkpoints", "step-12", "average.safetensors")));
    }

    [Fact]
    public void Evaluation_seesTheAverage_onceThereIsOne()
    {
        var domain = TrainingData.Two[0];
        var qrels = new Qrels();
        for (var i = 0; i < domain.Queries.Count; i++)
            qrels.Add($"q{i}", $"d{i}", 1);
        var task = new RetrievalTask(
            "dev",
            new MemoryCorpus("dev", [.. domain.Documents.Select((text, i) => new Document($"d{i}", text))]),
            [.. domain.Queries.Select((text, i) => new Query($"q{i}", text))],
            qrels);
        var options = Plain with { Steps = 4, CheckpointEvery = 2, Evaluation = new() { Corpus = "dev", Every = 2, KeepBest = true }, Averaging = new() { Kind = AveragingKind.Swa, StartStep = 3 } };

        var outcome = new TrainingRun(folder, options, TrainingData.Two, task).Run(null, null, default);

        // The best folder is that of the best step: before step 3 the weights themselves, after it their mean.
        using var best = SafetensorsFile.Open(Path.Combine(outcome.Model!, "model.safetensors"));
        using var expected = SafetensorsFile.Open(Path.Combine(folder, "checkpoints", $"step-{outcome.BestStep}", outcome.BestStep == 4 ? "average.safetensors" : "model.safetensors"));
        Assert.All(expected.Entries.Keys, name => Assert.Equal(expected.Floats(name).Select(value => (float)(Half)value), best.Floats(name)));
        var scored = Score(outcome.Model!);
        Assert.Equal(outcome.History.Max(step => step.Evaluation), scored);

        double Score(string model) => new DevelopmentTask(task, options.Evaluation, options.Seed).ScoreAsync(model, default).GetAwaiter().GetResult();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private TrainingOutcome Run(string name, TrainingOptions options) => new TrainingRun(Path.Combine(folder, name), options, TrainingData.Two).Run(null, null, default);

    private string Hash(string run, string file) => ContentHash.OfFile(Path.Combine(folder, run, file));
}
