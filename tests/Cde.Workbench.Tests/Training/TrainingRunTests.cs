using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-training-").FullName;

    [Theory]
    [InlineData(TrainedArchitecture.Contextual, false)]
    [InlineData(TrainedArchitecture.BiEncoder, false)]
    [InlineData(TrainedArchitecture.BiEncoder, true)]
    public void Run_interruptedAndResumed_endsBitForBitWhereAnUninterruptedOneDoes(TrainedArchitecture architecture, bool statistics)
    {
        var options = TrainingData.Options with { Architecture = architecture, ContextStatistics = statistics };
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

    [Theory]
    [InlineData(TrainedArchitecture.Contextual)]
    [InlineData(TrainedArchitecture.BiEncoder)]
    public async Task Run_with_statistics_gives_a_model_whose_vectors_depend_on_the_corpus(TrainedArchitecture architecture)
    {
        var options = TrainingData.Options with { Architecture = architecture, ContextStatistics = true };
        var outcome = new TrainingRun(folder, options, TrainingData.Two).Run(null, null, default);
        using var model = EmbeddingModel.Load(outcome.Model!);
        var corpora = TrainingData.Two.Select(domain => new MemoryCorpus(domain.Name, [.. domain.Documents.Select((text, i) => new Document($"{i}", text))])).ToArray();

        var contexts = new List<CorpusContext>();
        foreach (var corpus in corpora)
            contexts.Add(await ContextBuilder.BuildAsync(model, corpus, new RandomSampler(), 4, cancellationToken: TestContext.Current.CancellationToken));
        contexts[0].Save(Path.Combine(folder, "context"));
        var loaded = CorpusContext.Load(Path.Combine(folder, "context"));

        Assert.True(model is { IsContextual: true, UsesStatistics: true });
        Assert.Equal(4, contexts[0].Statistics!.Documents);
        Assert.Equal(contexts[0].Hash, loaded.Hash);
        Assert.Equal(await Vector(contexts[0]), await Vector(loaded));
        Assert.NotEqual(await Vector(contexts[0]), await Vector(contexts[1]));
        Assert.NotEqual(await Vector(contexts[0]), await Vector(CorpusContext.Null(model)));

        async Task<float[]> Vector(CorpusContext context)
        {
            using var embedder = new ContextualEmbedder(model, context);
            using var matrix = await embedder.EmbedAsync([new Query("q", "what opens the stream")]);
            return matrix[0].ToArray();
        }
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
