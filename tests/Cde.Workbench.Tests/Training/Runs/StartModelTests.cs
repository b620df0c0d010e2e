using System.Text.Json.Nodes;
using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Runs;

[Collection(LiveTensors.Name)] // dropout draws from the process' one generator
public sealed class StartModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-start-").FullName;

    [Fact]
    public void A_decoder_is_fine_tuned_by_low_rank_adapters_on_its_last_token()
    {
        using var start = new TinyModelFolder("case14d_qwen3_tiny", 200);
        string[] known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. TrainingData.Two.SelectMany(domain => domain.Documents).SelectMany(text => text.Split('.', '(', ')', ' ', ':')).Distinct().Where(word => word != "")];
        start.Write("vocab.txt", string.Join('\n', known.Concat(Enumerable.Range(known.Length, 200 - known.Length).Select(i => $"w{i}"))));
        start.Write("1_Pooling/config.json", """{"word_embedding_dimension": 32, "pooling_mode_lasttoken": true}""");
        var options = From(start.Path) with { Steps = 30, Adapter = new() { Rank = 4, Targets = ["q_proj", "v_proj", "down_proj"] }, Optimizer = new() { LearningRate = 1e-2 } };
        var run = new TrainingRun(Path.Combine(folder, "run"), options, TrainingData.Two);

        var trained = run.Run(null, null, default).Model!;

        using var before = SafetensorsFile.Open(start.At("model.safetensors"));
        using var after = SafetensorsFile.Open(Path.Combine(trained, "model.safetensors"));
        foreach (var name in before.Entries.Keys)
        {
            var isAdapted = options.Adapter.Targets.Any(target => name.EndsWith(target + ".weight", StringComparison.Ordinal));
            Assert.True(isAdapted != before.Floats(name).SequenceEqual(after.Floats(name)), name);
        }

        using var adapter = SafetensorsFile.Open(Path.Combine(run.Folder.Adapter, "adapter_model.safetensors"));
        Assert.Contains("base_model.model.layers.1.mlp.down_proj.lora_A.weight", adapter.Entries.Keys);
        var losses = File.ReadLines(run.Folder.Log).Select(line => (double)JsonNode.Parse(line)!["loss"]!).ToArray();
        Assert.True(losses[^5..].Average() < losses[..5].Average() - 0.1, $"{losses[..5].Average()} to {losses[^5..].Average()}");
        using var model = EmbeddingModel.Load(trained);
        Assert.Equal(("qwen3", 32), (model.Architecture, model.Dimension));
    }

    [Theory]
    [InlineData("case01_bert_tiny", 600, "hidden_dropout_prob")]
    [InlineData("case02_nomic_tiny", 640, "resid_pdrop")]
    [InlineData("case12_distilbert_tiny", 300, "dropout")]
    public void Dropout_of_the_options_takes_the_place_of_the_models_own(string golden, int words, string key)
    {
        using var start = new TinyModelFolder(golden, words);
        var options = From(start.Path) with { Loss = new() { Name = "simcse" } };
        options = options with { Model = options.Model with { Dropout = 0.25 } };

        var trained = new TrainingRun(Path.Combine(folder, "run"), options, TrainingData.Texts).Run(null, null, default).Model!;

        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(trained, "config.json")))!;
        Assert.Equal(0.25, (double)written[key]!);
    }

    [Fact]
    public void Dropout_of_a_bi_encoder_of_ours_tells_two_encodings_of_a_text_apart()
    {
        var sizes = TrainingData.Options with { Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder, FirstStageLayers = 1 } };
        var first = new TrainingRun(Path.Combine(folder, "first"), sizes, TrainingData.Two).Run(null, null, default).Model!;
        var options = From(first) with { Loss = new() { Name = "simcse" } };

        var error = Assert.Throws<CdeException>(() => new TrainingRun(Path.Combine(folder, "without"), options, TrainingData.Texts).Run(null, null, default));
        Assert.Contains("set model.dropout, such as to 0.1", error.Message, StringComparison.Ordinal);

        options = options with { Model = options.Model with { Dropout = 0.1 } };
        Assert.True(new TrainingRun(Path.Combine(folder, "with"), options, TrainingData.Texts).Run(null, null, default).IsFinished);
    }

    [Fact]
    public void Dropout_of_an_architecture_without_any_is_refused_by_name()
    {
        using var start = new TinyModelFolder("case14d_qwen3_tiny", 200);
        var options = From(start.Path);
        var error = Assert.Throws<CdeException>(() => new TrainingRun(Path.Combine(folder, "run"), options with { Model = options.Model with { Dropout = 0.1 } }, TrainingData.Two).Run(null, null, default));
        Assert.Contains("model.dropout: models of model_type \"qwen3\" have no dropout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_that_hold_no_model_are_named_before_anything_begins()
    {
        var nowhere = Path.Combine(folder, "nowhere");
        foreach (var (option, model) in new[] { ("model.start", new TrainedModelOptions { Start = nowhere }), ("model.backbone", new TrainedModelOptions { Backbone = nowhere }) })
        {
            var error = Assert.Throws<CdeException>(() => new TrainingRun(Path.Combine(folder, "run"), From("") with { Model = model }, TrainingData.Two).Run(null, null, default));
            Assert.Equal($"{option}: {Path.Combine(nowhere, "config.json")} is missing; name a model folder", error.Message);
            Assert.False(Directory.Exists(Path.Combine(folder, "run")));
        }
    }

    [Theory]
    [InlineData("case12_distilbert_tiny", 300, "n_layers")]
    [InlineData("case13_t5_encoder_tiny", 200, "num_layers")]
    public void Layers_are_left_away_under_every_architectures_own_key(string golden, int words, string key)
    {
        using var start = new TinyModelFolder(golden, words);
        var options = From(start.Path);
        var trained = new TrainingRun(Path.Combine(folder, "run"), options with { Model = options.Model with { KeepLayers = 1 } }, TrainingData.Two).Run(null, null, default).Model!;
        Assert.Equal(1, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(trained, "config.json")))![key]!);
        using var model = EmbeddingModel.Load(trained);
        using var all = EmbeddingModel.Load(start.Path);
        Assert.True(model.ParameterCount < all.ParameterCount);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static TrainingOptions From(string start) => new()
    {
        Steps = 2,
        Model = new() { Start = start, MaxTokens = 24 },
        Batch = new() { Size = 8 },
        Context = new() { NullShare = new TrainingContextOptions().NullShare },
        Schedule = new() { WarmupSteps = 0 },
    };
}
