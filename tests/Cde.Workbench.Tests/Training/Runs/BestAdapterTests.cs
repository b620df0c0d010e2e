using Cde.Workbench.Corpora;
using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Runs;

[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class BestAdapterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-adapter-").FullName;

    [Fact]
    public void Run_ofAdaptersWithEvaluations_writesTheBestModelsAdapters_notTheLastOnes()
    {
        var first = new TrainingRun(Path.Combine(folder, "first"), TrainingData.Options, TrainingData.Two).Run(null, null, default).Model!;
        var options = new TrainingOptions
        {
            Steps = 4,
            CheckpointEvery = 4,
            Model = new() { Start = first, MaxTokens = 24 },
            Context = new() { Size = 6 },
            Batch = new() { Size = 8 },
            Optimizer = new() { LearningRate = 1e-5 }, // too small to change a ranking: the first evaluation stays the best
            Schedule = new() { WarmupSteps = 0, Kind = ScheduleKind.Constant },
            Adapter = new() { Rank = 2, Alpha = 4, Targets = ["Wqkv"] },
            Evaluation = new() { Corpus = "dev", Every = 1 },
        };

        var run = new TrainingRun(Path.Combine(folder, "second"), options, TrainingData.Two, Development());
        var outcome = run.Run(null, null, default);

        using var adapter = SafetensorsFile.Open(Path.Combine(run.Folder.Adapter, "adapter_model.safetensors"));
        using var last = SafetensorsFile.Open(Path.Combine(run.Folder.CheckpointOf(4), "model.safetensors"));
        using var before = SafetensorsFile.Open(Path.Combine(first, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(outcome.Model!, "model.safetensors"));
        var down = adapter.Entries.Keys.First(name => name.EndsWith("lora_A.weight", StringComparison.Ordinal));
        var map = down["base_model.model.".Length..^".lora_A.weight".Length];
        Assert.Equal(1, outcome.BestStep);
        Assert.NotEqual(last.Floats(map + ".lora_A.weight"), adapter.Floats(down));
        Assert.False(Directory.Exists(Path.Combine(outcome.Model!, "adapter")));

        var (a, b, start, merged) = (adapter.Floats(down), adapter.Floats(down.Replace("lora_A", "lora_B", StringComparison.Ordinal)), before.Floats(map + ".weight"), after.Floats(map + ".weight"));
        var inputs = a.Length / 2;
        for (var row = 0; row < merged.Length / inputs; row++)
        {
            for (var column = 0; column < inputs; column++)
            {
                var product = (b[row * 2] * a[column]) + (b[(row * 2) + 1] * a[inputs + column]);
                Assert.Equal(start[(row * inputs) + column] + (2 * product), merged[(row * inputs) + column], 1e-6f); // alpha over rank is 2
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static RetrievalTask Development()
    {
        var domain = TrainingData.Two[0];
        var qrels = new Qrels();
        for (var i = 0; i < domain.Queries.Count; i++)
            qrels.Add($"q{i}", $"d{i}", 1);
        return new RetrievalTask(
            "dev", new MemoryCorpus("dev", [.. domain.Documents.Select((text, i) => new Document($"d{i}", text))]), [.. domain.Queries.Select((text, i) => new Query($"q{i}", text))], qrels);
    }
}
