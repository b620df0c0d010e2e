using System.Text.Json.Nodes;
using Cde.Torch;
using Cde.Workbench.Models;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models;
using Cde.Workbench.Tests.Models.NomicBert;
using Cde.Workbench.Tests.Training.Distributed;
using Cde.Workbench.Text;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training;

/// <summary>The load-balancing loss of a mixture of experts beside a loss of vectors.</summary>
[Collection(LiveTensors.Name)] // the process' one generator
public sealed class RouterLossTests : IDisposable
{
    private readonly TinyModelFolder start = MixtureModelFolder.Create(TrainingData.Two.SelectMany(domain => domain.Queries.Concat(domain.Documents)));
    private readonly string folder = Directory.CreateTempSubdirectory("cde-router-").FullName;

    /// <summary>Eight pairs, each with two hard negatives: one batch holds them all.</summary>
    private static TrainingDomain Eight { get; } = TrainingData.Two[0] with
    {
        Queries = [.. TrainingData.Two[0].Queries.Take(8)],
        Documents = [.. TrainingData.Two[0].Documents.Take(8)],
        Positives = [.. TrainingData.Two[0].Positives.Take(8)],
        Negatives = [.. Enumerable.Range(0, 8).Select(i => (IReadOnlyList<int>)[(i + 1) % 8, (i + 3) % 8])],
    };

    private TrainingOptions Options => new()
    {
        Steps = 12,
        Seed = 7,
        CheckpointEvery = 4,
        Model = new() { Start = start.Path, MaxTokens = 24 },
        Batch = new() { Size = 8, Negatives = 2, LengthGroups = 2 },
        Loss = new() { RouterCoefficient = 0.5 },
        Context = new() { NullShare = new TrainingContextOptions().NullShare },
        Optimizer = new() { LearningRate = 1e-3, ClipNorm = 0 },
        Schedule = new() { WarmupSteps = 0, Kind = ScheduleKind.Constant },
    };

    [Fact]
    public void RouterLoss_isThatOfPlainLoops_andItsGradientTheirDifferenceQuotient()
    {
        var with = Step(Options with { Loss = new() { RouterCoefficient = 1 } });
        var without = Step(Options with { Loss = new() });
        using var model = new NomicBertEncoder(MixtureModelFolder.Sizes, new ScaledWeights(1).Scope(""));
        var plain = new PlainMixture(MixtureModelFolder.Sizes, model);

        Assert.Null(without.Record.RouterLoss);
        Assert.Equal(without.Record.Loss, with.Record.Loss, 1e-6);
        Assert.Equal(Value(), with.Record.RouterLoss!.Value, 1e-4);
        foreach (var (name, place) in new[] { ("encoder.layers.1.mlp.router.layer.weight", 5), ("encoder.layers.3.mlp.router.layer.weight", 30), ("encoder.layers.0.mlp.fc1.weight", 11), ("encoder.layers.2.attn.Wqkv.bias", 40) })
        {
            const float Step = 1e-3f;
            var weights = plain.Weights[name];
            var middle = weights[place];
            weights[place] = middle + Step;
            var (up, upper) = (Value(), (double)weights[place]);
            weights[place] = middle - Step;
            var (down, lower) = (Value(), (double)weights[place]);
            weights[place] = middle;
            var quotient = (up - down) / (upper - lower);
            Assert.Equal(quotient, with.Gradients[name][place] - without.Gradients[name][place], 2e-3 * Math.Max(0.05, Math.Abs(quotient)));
            Assert.True(Math.Abs(quotient) > 1e-4, $"{name} has a gradient");
        }

        double Value()
        {
            var tokenizer = Tokenizers.FromFolder(start.Path);
            int[] Ids(string text) => tokenizer.Encode([text], new TokenizeOptions { MaxTokens = 24, Prompt = "" })[0].ToArray();
            string[][] groups = [[.. Eight.Queries], [.. Eight.Documents], [.. Eight.Negatives!.SelectMany(rows => rows).Select(row => Eight.Documents[row])]];
            return groups.Sum(texts =>
            {
                plain.Routed.Clear();
                foreach (var text in texts)
                    plain.Hidden([.. Ids(text).Select(id => (long)id)]);
                return 5 * Enumerable.Range(0, 5).Sum(expert => plain.Routed.Average(token => token.Chosen.Count(chosen => chosen == expert)) * plain.Routed.Average(token => token.Probabilities[expert]));
            });
        }
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(40, true)]
    [InlineData(1000, true)]
    public void Cached_gradients_areThoseOfOneGraph(int tokensPerChunk, bool checkpointLayers)
    {
        var options = Options with { Batch = new() { Size = 8, Negatives = 2, Accumulation = 2 } };
        var plain = Step(options, TrainingData.WithNegatives);
        var cached = Step(options with { Batch = options.Batch with { TokensPerChunk = tokensPerChunk, CheckpointLayers = checkpointLayers } }, TrainingData.WithNegatives);
        var unbalanced = Step(options with { Loss = new() }, TrainingData.WithNegatives);

        Assert.Equal(plain.Record.RouterLoss!.Value, cached.Record.RouterLoss!.Value, 1e-6);
        AssertSame(plain.Gradients, cached.Gradients, 2e-5);
        Assert.Contains(plain.Gradients, entry => entry.Value.Zip(unbalanced.Gradients[entry.Key]).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-2);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 40)]
    [InlineData(10, 0)] // fewer pairs than processes: each takes the batch as a whole
    public void Processes_together_balanceTheJointBatch(int processes, int tokensPerChunk)
    {
        var options = Options with { Batch = new() { Size = 8, Negatives = 2, TokensPerChunk = tokensPerChunk } };
        var alone = Step(options, TrainingData.WithNegatives);
        var together = Ranks.Run(processes, group => Step(options, TrainingData.WithNegatives, group));

        Assert.All(together, other => Assert.Equal(alone.Record.RouterLoss!.Value, other.Record.RouterLoss!.Value, 1e-6));
        Assert.All(together, other => AssertSame(alone.Gradients, other.Gradients, 2e-5));
    }

    [Fact]
    public void Run_interruptedAndResumed_endsBitForBit_andItsModelIsAMixtureWhoseLoadIsMoreEven()
    {
        var options = Options with { Batch = new() { Size = 8, Negatives = 2, TokensPerChunk = 60 }, Loss = new() { RouterCoefficient = 2 }, Model = Options.Model with { Dropout = 0.1 } };
        var straight = new TrainingRun(Path.Combine(folder, "straight"), options, TrainingData.WithNegatives).Run(null, null, default);
        var interrupted = new TrainingRun(Path.Combine(folder, "interrupted"), options, TrainingData.WithNegatives);
        Assert.False(interrupted.Run(TimeSpan.FromTicks(1), null, default).IsFinished); // stops at the first checkpoint
        Assert.True(interrupted.Run(null, null, default).IsFinished);

        Assert.Equal(Files("straight"), Files("interrupted"));
        var values = File.ReadLines(Path.Combine(folder, "straight", "log.jsonl")).Select(line => (double)JsonNode.Parse(line)!["routerLoss"]!).ToArray();
        Assert.Equal(12, values.Length);
        Assert.True(values[^3..].Average() < values[..3].Average(), $"{values[..3].Average()} to {values[^3..].Average()}");

        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(straight.Model!, "config.json")))!;
        Assert.Equal((0.1, 0.1, 5), ((double)written["resid_pdrop"]!, (double)written["moe_resid_pdrop"]!, (int)written["num_experts"]!));
        using var read = LoadedEncoder.Read(straight.Model!, null, ScalarType.Float32);
        using var before = LoadedEncoder.Read(start.Path, null, ScalarType.Float32);
        var (first, second) = (Experts(before), Experts(read));
        Assert.Equal(2, second.Length);
        Assert.All(first.Zip(second), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Layers_thatAreKept_keepTheirExperts_andOneThatHasNoneIsRefused()
    {
        var two = Options with { Steps = 1, Model = Options.Model with { KeepLayers = 2 } };
        var trained = new TrainingRun(Path.Combine(folder, "two"), two, TrainingData.WithNegatives).Run(null, null, default).Model!;
        using var model = LoadedEncoder.Read(trained, null, ScalarType.Float32);
        Assert.Single(Experts(model));

        var error = Assert.Throws<CdeException>(() => Step(Options with { Model = Options.Model with { KeepLayers = 1 } }));
        Assert.StartsWith("loss.routerCoefficient is 0.5, and the model has no mixture of experts (num_experts, moe_every_n_layers in its config.json); leave it out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bfloat16_layers_areBalancedToo()
    {
        var whole = Step(Options);
        var mixed = Step(Options with { Precision = TrainingPrecision.Bfloat16 });
        Assert.Equal(whole.Record.RouterLoss!.Value, mixed.Record.RouterLoss!.Value, 0.05 * whole.Record.RouterLoss.Value);
    }

    [Fact]
    public void Models_withoutExperts_andThoseThatReadAContext_areRefusedByName()
    {
        using var dense = new TinyModelFolder("case01_bert_tiny", 600);
        var error = Assert.Throws<CdeException>(() => Step(Options with { Model = Options.Model with { Start = dense.Path } }));
        Assert.Contains("the model has no mixture of experts", error.Message, StringComparison.Ordinal);

        start.Write("tokenizer_config.json", "{}");
        error = Assert.Throws<CdeException>(() => Step(Options with { Model = new() { Backbone = start.Path, MaxTokens = 24 } }));
        Assert.Contains("a contextual model reads them together with a context", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        start.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The first step and the gradients it took.</summary>
    private static (StepRecord Record, Dictionary<string, float[]> Gradients) Step(TrainingOptions options, IReadOnlyList<TrainingDomain>? data = null, ProcessGroup? group = null)
    {
        using var model = RunModel.Create(options, options.Model.Start ?? options.Model.Backbone!, TrainingRun.Prompts);
        using var trainer = new Trainer(model.Training, data ?? [Eight], model.Tokenizer, model.Prompts, options, new BatchCompany(), null, group);
        var record = trainer.TakeStep();
        return (record, trainer.Update.Values.Where(entry => entry.Value.grad is not null).ToDictionary(entry => entry.Name, entry => entry.Value.grad!.data<float>().ToArray()));
    }

    private static void AssertSame(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, double tolerance)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, gradient) in expected)
            Assert.All(gradient.Zip(actual[name]), pair => Assert.True(Math.Abs(pair.First - pair.Second) < tolerance * (1 + gradient.Max(Math.Abs)), $"{name}: {pair.First} and {pair.Second}"));
    }

    /// <summary>The first expert's numbers of every mixture.</summary>
    private static float[][] Experts(LoadedEncoder encoder) =>
        [.. encoder.Module.named_parameters().DistinctBy(entry => entry.name).Where(entry => entry.name.EndsWith("experts.mlp.w1", StringComparison.Ordinal)).Select(entry => entry.parameter.data<float>().ToArray()[..24])];

    private Dictionary<string, string> Files(string run)
    {
        var files = new[] { "checkpoints/step-12/model.safetensors", "checkpoints/step-12/optimizer.safetensors", "model/model.safetensors", "model/config.json" }
            .ToDictionary(name => name, name => ContentHash.OfFile(Path.Combine(folder, run, name)));
        files["log"] = string.Join('\n', TrainingLog.Read(Path.Combine(folder, run, "log.jsonl")).Select(record => record with { Seconds = 0 }));
        return files;
    }
}
