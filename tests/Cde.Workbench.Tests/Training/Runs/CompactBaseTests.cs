using Cde.Workbench.Models;
using Cde.Workbench.Models.Adapters;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models;
using Cde.Workbench.Tests.Training.Distributed;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Runs;

/// <summary>Low-rank adapters over a base that is kept in fewer bits (QLoRA).</summary>
[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class CompactBaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-qlora-").FullName;
    private readonly List<TinyModelFolder> starts = [];

    [Theory]
    [InlineData("case14d_qwen3_tiny", WeightStorage.Nf4, TrainingPrecision.Float32)]
    [InlineData("case14d_qwen3_tiny", WeightStorage.Int8, TrainingPrecision.Float32)]
    [InlineData("case14d_qwen3_tiny", WeightStorage.Nf4, TrainingPrecision.Bfloat16)]
    [InlineData("case01_bert_tiny", WeightStorage.Nf4, TrainingPrecision.Float32)]
    [InlineData("case01_bert_tiny", WeightStorage.Int8, TrainingPrecision.Float32)]
    [InlineData("case01_bert_tiny", WeightStorage.Float16, TrainingPrecision.Float32)]
    public void Run_learns_andEndsBitForBitAsOneThatWasInterrupted(string golden, WeightStorage weights, TrainingPrecision precision)
    {
        var options = From(Start(golden), weights) with { Steps = 30, CheckpointEvery = 11, Precision = precision };
        options = options with { Adapter = options.Adapter with { Dropout = 0.1 } };

        var straight = Run("straight", options).Run(null, null, default);
        Assert.False(Run("resumed", options).Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        var resumed = Run("resumed", options).Run(null, null, default);

        var losses = straight.History.Select(step => step.Loss).ToArray();
        Assert.True(losses[^5..].Average() < losses[..5].Average() - 0.1, $"{losses[..5].Average()} to {losses[^5..].Average()}");
        Assert.Equal(losses, resumed.History.Select(step => step.Loss));
        WrittenModel.AssertSame(straight.Model!, resumed.Model!, 0);
        using var checkpoint = SafetensorsFile.Open(Path.Combine(Run("resumed", options).Folder.CheckpointOf(30), "model.safetensors"));
        Assert.All(checkpoint.Entries.Keys, name => Assert.Contains(".lora_", name));
    }

    [Fact]
    public void ModelWritten_isTheStartsWholeWeights_withTheAdaptersProductsAdded()
    {
        var start = Start("case14d_qwen3_tiny");
        var options = From(start, WeightStorage.Nf4);
        options = options with { Adapter = options.Adapter with { Targets = ["q_proj"] } };
        var run = Run("run", options);

        var written = run.Run(null, null, default).Model!;

        using var before = SafetensorsFile.Open(Path.Combine(start, "model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(written, "model.safetensors"));
        using var adapter = SafetensorsFile.Open(Path.Combine(run.Folder.Adapter, "adapter_model.safetensors"));
        using var scope = NewDisposeScope();
        Assert.Equal(before.Entries.Keys.Order(), after.Entries.Keys.Order());
        foreach (var name in before.Entries.Keys)
        {
            var whole = tensor(before.Floats(name), [.. before.Entries[name].Shape]);
            if (name.EndsWith("q_proj.weight", StringComparison.Ordinal))
            {
                var map = "base_model.model." + name[..^".weight".Length];
                Tensor Factor(string part) => tensor(adapter.Floats($"{map}.{part}.weight"), [.. adapter.Entries[$"{map}.{part}.weight"].Shape]);
                var product = Factor("lora_B").matmul(Factor("lora_A")) * (options.Adapter.Alpha / options.Adapter.Rank);
                Assert.True(product.abs().max().item<float>() > 1e-4);
                whole += product;
            }

            Assert.True(allclose(whole, tensor(after.Floats(name), [.. after.Entries[name].Shape]), 0, 1e-6), name);
        }
    }

    [Theory]
    [InlineData("case14d_qwen3_tiny", WeightStorage.Nf4)]
    [InlineData("case01_bert_tiny", WeightStorage.Int8)]
    [InlineData("case01_bert_tiny", WeightStorage.Nf4)]
    public void GradientsOfAdapters_areThoseOverABase_thatHasTheWidenedWeights(string golden, WeightStorage weights)
    {
        using var scope = NewDisposeScope();
        var start = Start(golden);
        var compact = StartModel.Read(start, From(start, weights), CPU).Encoder;
        var whole = StartModel.Read(start, From(start, WeightStorage.AsComputed), CPU).Encoder;
        using (no_grad())
        {
            foreach (var (rounded, wide) in Maps(compact.Module).Zip(Maps(whole.Module)))
                wide.Weight.copy_(rounded.Stored!.InputGradient(eye(rounded.Outputs)));
        }

        var expected = AdapterGradients(whole);
        var actual = AdapterGradients(compact);

        Assert.Equal(expected.Keys, actual.Keys);
        Assert.InRange(expected.Count, 24, 28); // A and B of 6 or 7 maps of each of 2 layers
        foreach (var (name, gradient) in expected)
        {
            Assert.True(gradient.abs().max().item<float>() > 0, name);
            Assert.True(allclose(gradient, actual[name], 1e-4, 1e-6), name);
        }

        compact.Dispose();
        whole.Dispose();
    }

    [Fact]
    public void MapsOfTheBase_areKeptIn4BitsAndTheirScales_andNowhereElse()
    {
        using var scope = NewDisposeScope();
        var start = Start("case14d_qwen3_tiny");
        using var encoder = StartModel.Read(start, From(start, WeightStorage.Nf4), CPU).Encoder;
        var maps = Maps(encoder.Module);
        Assert.Equal(14, maps.Count); // 7 of each of 2 layers
        long expected = 0;
        foreach (var map in maps)
        {
            var blocks = map.Outputs * ((map.Inputs + 63) / 64);
            expected += (map.Outputs * ((map.Inputs + 1) / 2)) + blocks + (4 * ((blocks + 255) / 256));
        }

        Assert.Equal(expected, maps.SelectMany(map => map.Stored!.Buffers).Sum(buffer => buffer.Value.numel() * buffer.Value.element_size()));
        Assert.DoesNotContain(encoder.Module.named_parameters(), entry => entry.name.EndsWith("_proj.weight", StringComparison.Ordinal));
        var numbers = maps.Sum(map => map.Outputs * map.Inputs);
        using var whole = StartModel.Read(start, From(start, WeightStorage.AsComputed), CPU).Encoder;
        Assert.Equal(CompactWeights.Bytes(whole.Module) - (4 * numbers) + expected, CompactWeights.Bytes(encoder.Module));
    }

    [Fact]
    public void StepInChunks_isTheStepInOneGraph_alsoWithLayersComputedAgain()
    {
        var options = From(Start("case14d_qwen3_tiny"), WeightStorage.Nf4) with { Steps = 4, Optimizer = new() { LearningRate = 1e-3, Epsilon = 1e-4 } };
        var whole = Run("whole", options).Run(null, null, default);
        var chunks = Run("chunks", options with { Batch = new() { Size = 8, TokensPerChunk = 60 } }).Run(null, null, default);
        var layers = Run("layers", options with { Batch = new() { Size = 8, TokensPerChunk = 60, CheckpointLayers = true } }).Run(null, null, default);

        foreach (var other in new[] { chunks, layers })
        {
            for (var step = 0; step < 4; step++)
                Assert.Equal(whole.History[step].Loss, other.History[step].Loss, 1e-5);
            WrittenModel.AssertSame(whole.Model!, other.Model!, 2e-5);
        }
    }

    [Fact]
    public void DropoutInLayersComputedAgain_isTheSame()
    {
        var options = From(Start("case14d_qwen3_tiny"), WeightStorage.Nf4) with { Steps = 4, Batch = new() { Size = 8, TokensPerChunk = 60 } };
        options = options with { Adapter = options.Adapter with { Dropout = 0.3 } };
        var kept = Run("kept", options).Run(null, null, default);
        var again = Run("again", options with { Batch = options.Batch with { CheckpointLayers = true } }).Run(null, null, default);

        Assert.Equal(kept.History.Select(step => step.Loss), again.History.Select(step => step.Loss), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void TwoProcesses_trainAsOneWithTheJointBatch()
    {
        var options = From(Start("case14d_qwen3_tiny"), WeightStorage.Nf4) with { Steps = 4 };
        var alone = Run("alone", options).Run(null, null, default);
        var together = Ranks.Run(2, group => new TrainingRun(Path.Combine(folder, "together"), options, TrainingData.Two) { Processes = group }.Run(null, null, default));

        for (var step = 0; step < 4; step++)
            Assert.Equal(alone.History[step].Loss, together[0].History[step].Loss, 1e-5);
    }

    [Fact]
    public void ContextualModel_trainsOverItsOwnWeightsInFewerBits()
    {
        var first = Run("first", TrainingData.Options).Run(null, null, default).Model!;
        var options = From(first, WeightStorage.Nf4) with { Steps = 30, Context = new() { Size = 6 } };
        options = options with { Adapter = options.Adapter with { Targets = [] } };

        var outcome = Run("second", options).Run(null, null, default);

        var losses = outcome.History.Select(step => step.Loss).ToArray();
        Assert.True(losses[^5..].Average() < losses[..5].Average(), $"{losses[..5].Average()} to {losses[^5..].Average()}");
        using var model = EmbeddingModel.Load(outcome.Model!);
        Assert.True(model.IsContextual);
    }

    [Fact]
    public void MergeIntoAMapOfFewerBits_isRefused()
    {
        var start = Start("case01_bert_tiny");
        using var encoder = StartModel.Read(start, From(start, WeightStorage.Int4), CPU).Encoder;
        var adapter = ModelAdapter.Add(encoder.Module, new AdapterConfig { Rank = 2, Alpha = 4, Targets = ["query"] }, 1);
        var failure = Assert.Throws<CdeException>(adapter.Merge);
        Assert.Equal("encoder.layer.0.attention.self.query keeps its weight in fewer bits, to which nothing is added; load the model as computed, then merge", failure.Message);
    }

    public void Dispose()
    {
        starts.ForEach(start => start.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static List<Projection> Maps(nn.Module module) => [.. module.modules().Distinct(ReferenceEqualityComparer.Instance).OfType<Projection>()];

    /// <summary>Adapters with a B that is not 0, and their gradients for a fixed batch.</summary>
    private static Dictionary<string, Tensor> AdapterGradients(LoadedEncoder encoder)
    {
        encoder.Module.eval(); // without the dropout of the base
        ModelAdapter.Add(encoder.Module, new AdapterConfig { Rank = 2, Alpha = 4 }, 3);
        var adapters = encoder.Module.named_parameters().Where(entry => entry.parameter.requires_grad).ToArray();
        Assert.All(adapters, entry => Assert.Contains(".lora_", entry.name));
        using (no_grad())
        {
            foreach (var (name, up) in adapters.Where(entry => entry.name.Contains("lora_B", StringComparison.Ordinal)))
                up.copy_(linspace(-0.1, 0.1, up.numel()).view(up.shape));
        }

        var ids = tensor(new long[] { 5, 6, 7, 8, 9, 10, 11, 12 }, [2, 4]);
        var vectors = encoder.Embed(ids, ones_like(ids), null); // (2, d)
        (vectors * linspace(-1, 1, vectors.numel()).view(vectors.shape)).sum().backward();
        return adapters.Where(entry => entry.parameter.grad is not null).ToDictionary(entry => entry.name, entry => entry.parameter.grad!); // BERT's own pooler is not asked
    }

    private static TrainingOptions From(string start, WeightStorage weights) => new()
    {
        Steps = 3,
        Seed = 7,
        Model = new() { Start = start, MaxTokens = 24 },
        Batch = new() { Size = 8 },
        Optimizer = new() { LearningRate = 1e-2 },
        Schedule = new() { WarmupSteps = 0 },
        Adapter = new() { Rank = 4, Alpha = 8, Dropout = 0, Weights = weights },
    };

    private TrainingRun Run(string name, TrainingOptions options) => new(Path.Combine(folder, name), options, TrainingData.Two);

    private string Start(string golden)
    {
        var isDecoder = golden.Contains("qwen", StringComparison.Ordinal);
        var start = new TinyModelFolder(golden, isDecoder ? 200 : 600);
        starts.Add(start);
        start.WriteVocabulary(TrainingData.Two.SelectMany(domain => domain.Documents.Concat(domain.Queries)), isDecoder ? 200 : 600);
        if (isDecoder)
            start.Write("1_Pooling/config.json", """{"word_embedding_dimension": 32, "pooling_mode_lasttoken": true}""");
        return start.Path;
    }
}
