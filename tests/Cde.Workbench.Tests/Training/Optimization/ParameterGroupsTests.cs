using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Training.Optimization;

namespace Cde.Workbench.Tests.Training.Optimization;

public sealed class ParameterGroupsTests
{
    [Fact]
    public void Of_withLayerDecay_slowsLowerLayersAndEmbeddingsOfEachStage()
    {
        using var encoder = Encoder();

        var factors = ParameterGroups.Of(encoder, new() { LayerDecay = 0.5 }).ToDictionary(entry => entry.Name, entry => entry.RateFactor);

        Assert.Equal(1, factors["second_stage_model.backbone.encoder.layers.2.norm1.weight"]);
        Assert.Equal(0.25, factors["second_stage_model.backbone.encoder.layers.0.norm1.weight"]);
        Assert.Equal(0.125, factors["second_stage_model.backbone.embeddings.word_embeddings.weight"]);
        Assert.Equal(1, factors["second_stage_model.output_projection.0.weight"]);
        Assert.Equal(1, factors["first_stage_model.embedder.encoder.layers.0.norm1.weight"]); // its only layer is its last
        Assert.Equal(0.5, factors["first_stage_model.embedder.emb_ln.weight"]);
    }

    [Fact]
    public void Of_withNamesFrozenAndFactors_movesTheOthers()
    {
        using var encoder = Encoder();

        var moved = ParameterGroups.Of(encoder, new()
        {
            Freeze = ["first_stage_model.*", "*.word_embeddings.weight"],
            RateFactors = new Dictionary<string, double> { ["*output_projection*"] = 20 },
        });

        Assert.DoesNotContain(moved, entry => entry.Name.StartsWith("first_stage_model.", StringComparison.Ordinal) || entry.Name.EndsWith("word_embeddings.weight", StringComparison.Ordinal));
        Assert.All(moved, entry => Assert.Equal(entry.Name.Contains("output_projection", StringComparison.Ordinal) ? 20 : 1, entry.RateFactor));
        Assert.All(encoder.named_parameters(), entry => Assert.Equal(moved.Any(found => found.Name == entry.name), entry.parameter.requires_grad));
    }

    [Fact]
    public void Of_withAHeadFactor_speedsTheHeadAlone_andRefusesAModelWithoutOne()
    {
        using var encoder = Encoder();
        string[] heads = ["class_vectors", "linear.weight", "classifier.out_proj.bias", "lm.cls.predictions.bias"];
        using var values = new TorchSharp.Modules.Parameter(TorchSharp.torch.zeros([3, 8]));

        var moved = ParameterGroups.Of(encoder, new() { HeadFactor = 20 }, [.. heads.Select(name => (name, values))]);
        var error = Assert.Throws<CdeException>(() => ParameterGroups.Of(encoder, new() { HeadFactor = 20 }));

        Assert.All(moved, entry => Assert.Equal(heads.Contains(entry.Name) ? 20 : 1, entry.RateFactor));
        Assert.Contains("optimizer.headFactor 20 has no effect: this model has no head that trains", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.word_embedings.*", "matches no parameter; did you mean")]
    [InlineData("*", "nothing is left to train")]
    public void Of_withAPatternThatCannotBeMeant_isRefused(string pattern, string expected)
    {
        using var encoder = Encoder();

        var error = Assert.Throws<CdeException>(() => ParameterGroups.Of(encoder, new() { Freeze = [pattern] }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ContextualEncoder Encoder() => new(
        new()
        {
            Backbone = new Cde.Workbench.Models.NomicBert.NomicBertConfig { VocabularySize = 20, Width = 8, Layers = 3, Heads = 2, Inner = 256, TypeCount = 1 },
            FirstStageLayers = 1,
            CorpusSize = 2,
        },
        new InitialWeights(1).Scope(""));
}
