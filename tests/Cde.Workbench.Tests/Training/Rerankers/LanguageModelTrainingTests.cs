using Cde.Workbench.Models;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models.Rerankers;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Rerankers;

/// <summary>Language models that learn to answer "Yes" to the right document: list-wise over groups of candidates, by low-rank adapters.</summary>
[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class LanguageModelTrainingTests : IDisposable
{
    private static readonly IReadOnlyList<TrainingDomain> Data = RerankerTrainingTests.Data;

    private readonly string folder = Directory.CreateTempSubdirectory("cde-llm-").FullName;
    private readonly List<CausalFolder> starts = [];

    [Theory]
    [InlineData("case14_llama_tiny", false, WeightStorage.AsComputed)]
    [InlineData("case14d_qwen3_tiny", true, WeightStorage.AsComputed)]
    [InlineData("case14d_qwen3_tiny", true, WeightStorage.Nf4)]
    public void Adapters_learn_to_answer_yes_to_the_right_document(string golden, bool isTied, WeightStorage weights)
    {
        var start = Start(golden, isTied);
        var options = Options(start, steps: 60);

        var run = Run("run", options with { Adapter = options.Adapter with { Weights = weights } });
        var outcome = run.Run(null, null, default);

        var accuracy = outcome.History.TakeLast(10).Average(step => step.Accuracy);
        Assert.True(accuracy > 0.9, $"accuracy {accuracy}");
        using var model = RerankerModel.Load(outcome.Model!);
        var right = Enumerable.Range(0, 30).Count(i => Scores(model, i) is var scores && scores[0] > scores.Skip(1).Max());
        Assert.True(right >= 27, $"{right} of 30 queries have their document first");
        using var before = SafetensorsFile.Open(Path.Combine(start, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(outcome.Model!, "model.safetensors"));
        Assert.Equal(before.Entries.Keys.Order(), after.Entries.Keys.Order());
        foreach (var name in before.Entries.Keys)
            Assert.Equal(name.Contains("_proj", StringComparison.Ordinal), !before.Floats(name).SequenceEqual(after.Floats(name)));
        using var adapter = SafetensorsFile.Open(Path.Combine(run.Folder.Adapter, "adapter_model.safetensors"));
        Assert.Contains("base_model.model.model.layers.1.mlp.down_proj.lora_A.weight", adapter.Entries.Keys);
    }

    [Fact]
    public void The_first_loss_is_that_of_the_answers_of_the_model_it_starts_from()
    {
        var start = Start("case14_llama_tiny", isTied: false);
        // One domain of eight queries, each with two hard negatives: the only batch holds all.
        var data = Data[0] with { Queries = [.. Data[0].Queries.Take(8)], Positives = [.. Data[0].Positives.Take(8)], Negatives = [.. Data[0].Negatives!.Take(8)] };

        var logged = new TrainingRun(Path.Combine(folder, "run"), Options(start, steps: 3), [data]).Run(null, null, default).History[0].Loss;

        using var model = RerankerModel.Load(start);
        var expected = Enumerable.Range(0, 8).Average(i => Scores(model, i) is var scores ? Math.Log(scores.Sum(score => Math.Exp((double)score - scores[0]))) : 0);
        Assert.Equal(expected, logged, 1e-5);
    }

    [Fact]
    public void A_step_in_chunks_is_the_step_in_one_graph()
    {
        var options = Options(Start("case14d_qwen3_tiny", isTied: true), steps: 4) with { Optimizer = new() { LearningRate = 1e-3, Epsilon = 1e-4 } };
        var whole = Run("whole", options).Run(null, null, default);
        var chunks = Run("chunks", options with { Batch = new() { Size = 8, Negatives = 2, TokensPerChunk = 200 } }).Run(null, null, default);

        for (var step = 0; step < 4; step++)
            Assert.Equal(whole.History[step].Loss, chunks.History[step].Loss, 1e-5);
        WrittenModel.AssertSame(whole.Model!, chunks.Model!, 2e-5);
    }

    [Fact]
    public void An_interrupted_run_ends_bit_for_bit_where_an_uninterrupted_one_does()
    {
        var options = Options(Start("case14_llama_tiny", isTied: false), steps: 8) with { CheckpointEvery = 3, Adapter = new() { Rank = 2, Dropout = 0.1 } };
        var straight = Run("straight", options).Run(null, null, default);

        Assert.False(Run("resumed", options).Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        var resumed = Run("resumed", options).Run(null, null, default);

        Assert.Equal(straight.History.Select(step => step.Loss), resumed.History.Select(step => step.Loss));
        WrittenModel.AssertSame(straight.Model!, resumed.Model!, 0);
    }

    public void Dispose()
    {
        starts.ForEach(start => start.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static float[] Scores(RerankerModel model, int query) =>
        model.Score(Data[0].Queries[query], [.. Data[0].Negatives![query].Prepend(query).Select(document => Data[0].Documents[document])]);

    private static TrainingOptions Options(string start, int steps) => new()
    {
        Steps = steps,
        Seed = 7,
        CheckpointEvery = 100,
        Model = new() { Start = start, MaxTokens = 64 },
        Batch = new() { Size = 8, Negatives = 2, LengthGroups = 2 },
        Loss = new() { Name = "listwise-softmax" },
        Adapter = new() { Rank = 4, Dropout = 0 },
        Optimizer = new() { LearningRate = 1e-2 },
        Schedule = new() { WarmupSteps = 2 },
    };

    private TrainingRun Run(string name, TrainingOptions options) => new(Path.Combine(folder, name), options, Data);

    private string Start(string golden, bool isTied)
    {
        var words = Data.SelectMany(domain => domain.Documents.Concat(domain.Queries)).SelectMany(text => text.Split(' '));
        var start = new CausalFolder(golden, isTied, isTied, words);
        starts.Add(start);
        return start.Path;
    }
}
