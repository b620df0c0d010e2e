using Cde.Workbench.Models;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-training-").FullName;

    [Theory]
    [InlineData(TrainedArchitecture.Contextual)]
    [InlineData(TrainedArchitecture.BiEncoder)]
    public void Run_interruptedAndResumed_endsBitForBitWhereAnUninterruptedOneDoes(TrainedArchitecture architecture)
    {
        var options = TrainingData.Options with { Architecture = architecture };
        new TrainingRun(Path.Combine(folder, "straight"), options, TrainingData.Two).Run(null, null, default);

        var interrupted = new TrainingRun(Path.Combine(folder, "interrupted"), options, TrainingData.Two);
        var first = interrupted.Run(TimeSpan.FromTicks(1), null, default); // stops at the first checkpoint
        Assert.False(first.IsFinished);
        using (var stop = new CancellationTokenSource())
        {
            var progress = new CancelAt(10, stop);
            Assert.ThrowsAny<OperationCanceledException>(() => new TrainingRun(Path.Combine(folder, "interrupted"), options with { }, TrainingData.Two).Run(null, progress, stop.Token));
        }

        var last = interrupted.Run(null, null, default);

        Assert.True(last.IsFinished);
        Assert.Equal(Files("straight"), Files("interrupted"));
    }

    [Fact]
    public void Run_onSeparableData_learns()
    {
        var outcome = new TrainingRun(folder, TrainingData.Options with { Steps = 60, Temperature = 0.1 }, TrainingData.Two).Run(null, null, default);

        Assert.True(outcome.History[^1].Loss < 0.6 * outcome.History[0].Loss, $"loss went from {outcome.History[0].Loss} to {outcome.History[^1].Loss}");
        using var model = EmbeddingModel.Load(outcome.Model!);
        Assert.Equal(TrainingData.Options.ContextSize, model.ContextSize);
        Assert.True(model.HasNullContext);
    }

    [Fact]
    public void Run_resumedWithOtherOptions_isRefusedByName()
    {
        new TrainingRun(folder, TrainingData.Options, TrainingData.Two).Run(TimeSpan.FromTicks(1), null, default);

        var error = Assert.Throws<CdeException>(() => new TrainingRun(folder, TrainingData.Options with { LearningRate = 0.5 }, TrainingData.Two).Run(null, null, default));

        Assert.Contains("LearningRate was 0.003, now 0.5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_outOfRange_areRefusedByName()
    {
        var error = Assert.Throws<CdeException>(() => (TrainingData.Options with { Temperature = 0 }).Validate());

        Assert.Contains("Temperature", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Dictionary<string, string> Files(string run) =>
        new[] { "checkpoint/model.safetensors", "checkpoint/optimizer.safetensors", "model/model.safetensors", "model/config.json" }
            .ToDictionary(name => name, name => ContentHash.OfFile(Path.Combine(folder, run, name)));

    private sealed class CancelAt(long step, CancellationTokenSource source) : IProgress<TrainingRecord>
    {
        public void Report(TrainingRecord value)
        {
            if (value.Step >= step)
                source.Cancel();
        }
    }
}
