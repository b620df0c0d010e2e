using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Runs;

[Collection(LiveTensors.Name)]
public sealed class StartBackboneTests : IDisposable
{
    private static readonly TrainingOptions Continued = TrainingData.Options with { Steps = 4, CheckpointEvery = 2 };

    private readonly string folder = Directory.CreateTempSubdirectory("cde-backbone-").FullName;

    [Fact]
    public void Both_stages_begin_with_the_layers_of_the_backbone()
    {
        var trained = Trained(TrainedArchitecture.BiEncoder);
        var options = Continued with
        {
            Model = new() { Backbone = trained, FirstStageLayers = 1, MaxTokens = 24 },
            Optimizer = new() { LearningRate = 3e-3, Freeze = ["first_stage_model.embedder.*", "second_stage_model.backbone.*"] },
        };

        var model = Run("contextual", options);

        using var from = SafetensorsFile.Open(Path.Combine(trained, "model.safetensors"));
        using var to = SafetensorsFile.Open(Path.Combine(model, "model.safetensors"));
        var (first, second) = (0, 0);
        foreach (var name in to.Entries.Keys)
        {
            if (name.StartsWith("first_stage_model.embedder.", StringComparison.Ordinal))
                Same(name, name["first_stage_model.".Length..], ref first);
            if (name.StartsWith("second_stage_model.backbone.", StringComparison.Ordinal))
                Same(name, "embedder." + name["second_stage_model.backbone.".Length..], ref second);
        }

        Assert.Equal((13, 22), (first, second)); // tables and their norm 4, a layer 9
        Assert.Equal(File.ReadAllText(Path.Combine(trained, "vocab.txt")), File.ReadAllText(Path.Combine(model, "vocab.txt")));

        void Same(string name, string source, ref int count)
        {
            Assert.Equal(from.Floats(source), to.Floats(name));
            count++;
        }
    }

    [Fact]
    public void Bi_encoder_goes_on_with_the_head_of_the_backbone()
    {
        var trained = Trained(TrainedArchitecture.BiEncoder);
        var model = Run("plain", Continued with
        {
            Model = new() { Backbone = trained, Architecture = TrainedArchitecture.BiEncoder, MaxTokens = 24 },
            Context = new() { Statistics = true, Size = 6 },
            Optimizer = new() { LearningRate = 3e-3, Freeze = ["embedder.*", "mlp.*"] },
        });

        using var from = SafetensorsFile.Open(Path.Combine(trained, "model.safetensors"));
        using var to = SafetensorsFile.Open(Path.Combine(model, "model.safetensors"));
        foreach (var name in from.Entries.Keys)
            Assert.Equal(from.Floats(name), to.Floats(name));
        Assert.Contains(to.Entries.Keys, name => name.StartsWith("context_statistics.", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_from_a_backbone_resumes_bit_for_bit()
    {
        var options = Continued with { Model = new() { Backbone = Trained(TrainedArchitecture.BiEncoder), MaxTokens = 24 } };
        Run("straight", options);
        var interrupted = new TrainingRun(Path.Combine(folder, "interrupted"), options, TrainingData.Two);
        Assert.False(interrupted.Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        Assert.True(interrupted.Run(null, null, default).IsFinished);

        Assert.Equal(Weights("straight"), Weights("interrupted"));
        byte[] Weights(string name) => File.ReadAllBytes(Path.Combine(folder, name, "model", "model.safetensors"));
    }

    [Fact]
    public void Contextual_model_is_refused_as_a_backbone()
    {
        var trained = Trained(TrainedArchitecture.Contextual);
        var error = Assert.Throws<CdeException>(() => Run("other", Continued with { Model = new() { Backbone = trained, MaxTokens = 24 } }));
        Assert.Contains("describes neither a NomicBERT model nor a bi-encoder; to go on with another model name it in model.start", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_layers_than_the_backbone_has_are_refused()
    {
        var trained = Trained(TrainedArchitecture.BiEncoder);
        var error = Assert.Throws<CdeException>(() => Run("other", Continued with { Model = new() { Backbone = trained, FirstStageLayers = 3, MaxTokens = 24 } }));
        Assert.Contains("model.firstStageLayers is 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, null, "model.width 32 has no effect: model.backbone decides it")]
    [InlineData(192, "elsewhere", "model.backbone \"somewhere\" has no effect: model.start decides it")]
    public void What_the_folder_decides_is_no_option(int width, string? start, string expected)
    {
        var options = Continued with { Model = new() { Backbone = "somewhere", Start = start, Width = width, MaxTokens = 24 } };
        Assert.Contains(expected, Assert.Throws<CdeException>(options.Validate).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Trained(TrainedArchitecture architecture)
    {
        var sizes = TrainingData.Options.Model with { Architecture = architecture };
        return Run("trained", Continued with { Model = architecture == TrainedArchitecture.BiEncoder ? sizes with { FirstStageLayers = new TrainedModelOptions().FirstStageLayers } : sizes });
    }

    private string Run(string name, TrainingOptions options) => new TrainingRun(Path.Combine(folder, name), options, TrainingData.Two).Run(null, null, default).Model!;
}
