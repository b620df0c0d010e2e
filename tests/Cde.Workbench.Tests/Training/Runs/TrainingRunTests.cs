using System.Text.Json;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Workbench.Tests.Training.Runs;

[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class TrainingRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-training-").FullName;

    [Theory]
    [InlineData(TrainedArchitecture.Contextual, false)]
    [InlineData(TrainedArchitecture.BiEncoder, false)]
    [InlineData(TrainedArchitecture.BiEncoder, true)]
    public void Run_interruptedAndResumed_endsBitForBitWhereAnUninterruptedOneDoes(TrainedArchitecture architecture, bool statistics)
    {
        var options = Of(architecture, statistics);
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

    [Theory]
    [InlineData(BatchSamplerKind.Cluster, ClusterPacking.Random)]
    [InlineData(BatchSamplerKind.ClusterWithinDomain, ClusterPacking.Tour)]
    public void Run_inBatchesOfClustersByWords_resumesBitForBit(BatchSamplerKind sampler, ClusterPacking packing)
    {
        var options = Of(TrainedArchitecture.Contextual, false) with { Batch = new() { Size = 8, Sampler = sampler }, Clusters = new() { Model = "bm25", Size = 4, Packing = packing } };
        var data = TrainingDomains.For(TrainingData.Two, sampler);
        new TrainingRun(Path.Combine(folder, "straight"), options, data).Run(null, null, default);

        var interrupted = new TrainingRun(Path.Combine(folder, "interrupted"), options, data);
        Assert.False(interrupted.Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        Assert.True(interrupted.Run(null, null, default).IsFinished);
        new TrainingRun(Path.Combine(folder, "random"), Of(TrainedArchitecture.Contextual, false), data).Run(null, null, default);

        Assert.Equal(Files("straight"), Files("interrupted"));
        Assert.NotEqual(Losses("straight"), Losses("random")); // the clusters decide what stands in a batch

        IEnumerable<double> Losses(string run) => TrainingLog.Read(new RunFolder(Path.Combine(folder, run)).Log).Select(record => record.Loss);
    }

    [Fact]
    public void Run_thatLearnsVectorsOfClasses_resumesBitForBit()
    {
        var options = Of(TrainedArchitecture.BiEncoder, false) with { Loss = new() { Name = "arcface" } };
        new TrainingRun(Path.Combine(folder, "straight"), options, TrainingData.Classed).Run(null, null, default);

        var interrupted = new TrainingRun(Path.Combine(folder, "interrupted"), options, TrainingData.Classed);
        Assert.False(interrupted.Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        Assert.True(interrupted.Run(null, null, default).IsFinished);

        Assert.Equal(Files("straight"), Files("interrupted"));
        using var weights = SafetensorsFile.Open(Path.Combine(interrupted.Folder.CheckpointOf(12), "model.safetensors"));
        Assert.Equal([6, 16], weights.Entries["class_vectors"].Shape);
        var classes = ClassVectors.Load(interrupted.Folder.Path);
        Assert.Equal(["closes", "copies", "counts", "opens", "reads", "writes"], classes.Names);
        Assert.Equal(weights.Floats("class_vectors"), Enumerable.Range(0, 6).SelectMany(row => classes[row].ToArray()));
        var error = Assert.Throws<CdeException>(() => new TrainingRun(Path.Combine(folder, "interrupted"), options, [.. TrainingData.Classed.Select(domain => domain with { Classes = [.. domain.Classes!.Reverse()] })]).Run(null, null, default));
        Assert.Contains("the training data was", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_onSeparableData_learns()
    {
        var outcome = new TrainingRun(folder, TrainingData.Options with { Steps = 60, Loss = Temperature(0.1) }, TrainingData.Two).Run(null, null, default);

        Assert.True(outcome.History[^1].Loss < 0.6 * outcome.History[0].Loss, $"loss went from {outcome.History[0].Loss} to {outcome.History[^1].Loss}");
        using var model = EmbeddingModel.Load(outcome.Model!);
        Assert.Equal(TrainingData.Options.Context.Size, model.ContextSize);
        Assert.True(model.HasNullContext);
    }

    [Theory]
    [InlineData(TrainedArchitecture.Contextual)]
    [InlineData(TrainedArchitecture.BiEncoder)]
    public async Task Run_with_statistics_gives_a_model_whose_vectors_depend_on_the_corpus(TrainedArchitecture architecture)
    {
        var options = Of(architecture, true);
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

        var error = Assert.Throws<CdeException>(() => new TrainingRun(folder, TrainingData.Options with { Optimizer = new() { LearningRate = 0.5 } }, TrainingData.Two).Run(null, null, default));

        Assert.Contains("optimizer.learningRate was 0.003, now 0.5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ofOtherData_isNotGoneOnWith()
    {
        new TrainingRun(folder, TrainingData.Options, TrainingData.Two).Run(TimeSpan.FromTicks(1), null, default);

        var error = Assert.Throws<CdeException>(() => new TrainingRun(folder, TrainingData.Options, [TrainingData.Two[1]]).Run(null, null, default));

        Assert.Contains("the training data was", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_log_hasEachStepOnce_andCheckpointsAreThinned()
    {
        var run = new TrainingRun(folder, TrainingData.Options with { KeepCheckpoints = 2 }, TrainingData.Two);
        run.Run(TimeSpan.FromTicks(1), null, default);
        File.AppendAllText(run.Folder.Log, "{\"step\":5,\"loss\":1,\"learn"); // torn by a kill

        var outcome = run.Run(null, null, default);

        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), TrainingLog.Read(run.Folder.Log).Select(record => record.Step));
        Assert.Equal(12, File.ReadAllLines(run.Folder.Log).Length);
        Assert.Equal([8, 12], run.Folder.CheckpointSteps);
        Assert.Equal(12, outcome.History.Count);
        Assert.Equal(TrainingConfiguration.Write(TrainingData.Options with { KeepCheckpoints = 2 }), File.ReadAllText(run.Folder.Config));
    }

    [Fact]
    public void Run_withADamagedCheckpoint_saysWhichFileAndTheWayOut()
    {
        var run = new TrainingRun(folder, TrainingData.Options, TrainingData.Two);
        run.Run(null, null, default);
        var file = Path.Combine(run.Folder.CheckpointOf(12), "optimizer.safetensors");
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        var error = Assert.Throws<CdeException>(() => run.Run(null, null, default));
        Directory.Delete(run.Folder.CheckpointOf(12), recursive: true);
        var again = run.Run(null, null, default);

        Assert.Contains($"{file} is damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("step-12 to go on from the checkpoint before it", error.Message, StringComparison.Ordinal);
        Assert.True(again.IsFinished);
    }

    [Fact]
    public void Run_whereAnotherProcessTrains_isRefused()
    {
        Directory.CreateDirectory(folder);
        using var other = new RunFolder(folder).Claim();

        var error = Assert.Throws<CdeException>(() => new TrainingRun(folder, TrainingData.Options, TrainingData.Two).Run(null, null, default));

        Assert.Contains("another process is training in this folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_withADevelopmentTask_keepsTheBest_stopsEarly_andDoesSoAgainWhenResumed()
    {
        // Nothing moves, so that the first evaluation stays the best.
        var options = TrainingData.Options with
        {
            Steps = 40,
            Optimizer = new() { LearningRate = 1e-9 },
            Evaluation = new() { Corpus = "dev", Every = 3, Patience = 2 },
        };

        var straight = new TrainingRun(Path.Combine(folder, "straight"), options, TrainingData.Two, Development()).Run(null, null, default);
        var resumed = new TrainingRun(Path.Combine(folder, "resumed"), options, TrainingData.Two, Development());
        resumed.Run(TimeSpan.FromTicks(1), null, default);
        var end = resumed.Run(null, null, default);

        Assert.Equal((9, 3L), (straight.Step, straight.BestStep!.Value));
        Assert.True(straight.IsFinished);
        Assert.Equal((straight.Step, straight.BestStep), (end.Step, end.BestStep));
        Assert.Equal([3, 6, 9], straight.History.Where(record => record.Evaluation is not null).Select(record => record.Step));
        Assert.False(Directory.Exists(resumed.Folder.Candidate));
        using var model = EmbeddingModel.Load(end.Model!);
        Assert.True(model.IsContextual);
    }

    [Fact]
    public void Run_fromAModelFolder_keepsItsTokenizerAndSizes_andFewerLayersWhereAsked()
    {
        var first = new TrainingRun(Path.Combine(folder, "first"), TrainingData.Options, TrainingData.Two).Run(null, null, default);
        var options = new TrainingOptions
        {
            Steps = 3,
            Model = new() { Start = first.Model, MaxTokens = 24, KeepLayers = 1 },
            Context = new() { Size = 6, SequenceDropout = 0.5 },
            Batch = new() { Size = 8 },
            Schedule = new() { WarmupSteps = 0 },
        };

        var second = new TrainingRun(Path.Combine(folder, "second"), options, TrainingData.Two).Run(null, null, default);

        using var before = EmbeddingModel.Load(first.Model!);
        using var after = EmbeddingModel.Load(second.Model!);
        Assert.Equal(before.Tokenizer.VocabularySize, after.Tokenizer.VocabularySize);
        Assert.Equal(before.Prompts, after.Prompts);
        Assert.True(after.ParameterCount < before.ParameterCount);
        Assert.NotEqual(before.Hash, after.Hash);
    }

    [Fact]
    public void Run_ofAdapters_movesNothingElse_andWritesBothTheAdapterAndTheMergedModel()
    {
        var first = new TrainingRun(Path.Combine(folder, "first"), TrainingData.Options, TrainingData.Two).Run(null, null, default);
        var options = new TrainingOptions
        {
            Steps = 4,
            Model = new() { Start = first.Model, MaxTokens = 24 },
            Context = new() { Size = 6 },
            Batch = new() { Size = 8 },
            Schedule = new() { WarmupSteps = 0 },
            Adapter = new() { Rank = 2, Targets = ["Wqkv", "fc2"] },
        };

        var run = new TrainingRun(Path.Combine(folder, "second"), options, TrainingData.Two);
        var second = run.Run(null, null, default);

        using var before = SafetensorsFile.Open(Path.Combine(first.Model!, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(second.Model!, "model.safetensors"));
        Assert.Equal(before.Entries.Keys.Order(), after.Entries.Keys.Order());
        foreach (var name in before.Entries.Keys)
        {
            var moved = name.EndsWith("Wqkv.weight", StringComparison.Ordinal) || name.EndsWith("fc2.weight", StringComparison.Ordinal);
            Assert.True(moved != before.Floats(name).SequenceEqual(after.Floats(name)), name);
        }

        Assert.True(File.Exists(Path.Combine(run.Folder.Adapter, "adapter_model.safetensors")));
        using var model = EmbeddingModel.Load(second.Model!);
        Assert.Equal(16, model.Dimension);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static TrainingOptions Of(TrainedArchitecture architecture, bool statistics)
    {
        var model = TrainingData.Options.Model with { Architecture = architecture, FirstStageLayers = 1, Dropout = 0.1 };
        return TrainingData.Options with { Model = model, Context = TrainingData.Options.Context with { Statistics = statistics } };
    }

    private static LossChoice Temperature(double value) => new() { Options = JsonSerializer.SerializeToElement(new { temperature = value }) };

    private static RetrievalTask Development()
    {
        var domain = TrainingData.Two[0];
        var qrels = new Qrels();
        for (var i = 0; i < domain.Queries.Count; i++)
            qrels.Add($"q{i}", $"d{i}", 1);
        return new RetrievalTask(
            "dev",
            new MemoryCorpus("dev", [.. domain.Documents.Select((text, i) => new Document($"d{i}", text))]),
            [.. domain.Queries.Select((text, i) => new Query($"q{i}", text))],
            qrels);
    }

    private Dictionary<string, string> Files(string run)
    {
        var files = new[] { "checkpoints/step-12/model.safetensors", "checkpoints/step-12/optimizer.safetensors", "model/model.safetensors", "model/config.json" }
            .ToDictionary(name => name, name => ContentHash.OfFile(Path.Combine(folder, run, name)));
        files["log"] = string.Join('\n', TrainingLog.Read(Path.Combine(folder, run, "log.jsonl")).Select(record => record with { Seconds = 0 }));
        return files;
    }

    private sealed class CancelAt(long step, CancellationTokenSource source) : IProgress<StepRecord>
    {
        public void Report(StepRecord value)
        {
            if (value.Step >= step)
                source.Cancel();
        }
    }
}
