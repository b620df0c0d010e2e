using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Contextual;

public sealed class ContextualEncoderTests
{
    private static readonly ContextualConfig Small = new()
    {
        Backbone = new NomicBertConfig { VocabularySize = 50, Width = 16, Layers = 2, Heads = 2, Inner = 32, TypeCount = 1 },
        CorpusSize = 5,
        SoftPrompts = 3,
        SequenceDropout = 0.5,
    };

    [Theory]
    [InlineData(ContextAttention.Full)]
    [InlineData(ContextAttention.Prefix)]
    public void Forward_contextVectorsInAnotherOrder_givesTheSameVectors(ContextAttention attention)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Model(Small with { ContextAttention = attention });
        var (ids, mask) = Texts();
        var context = randn(5, 16);

        var one = model.forward(ids, mask, context);
        var other = model.forward(ids, mask, context.flip(0));

        Assert.True(Distance(one, other) < 1e-5);
        Assert.True(Distance(one, model.forward(ids, mask, randn(5, 16))) > 1e-4, "another context must matter, or this test could not fail");
    }

    [Fact]
    public void Forward_hubVariant_dependsOnTheOrderOfTheContext()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Model(Small with { RotaryVariant = RotaryVariant.Hub });
        var (ids, mask) = Texts();
        var context = randn(5, 16);

        Assert.True(Distance(model.forward(ids, mask, context), model.forward(ids, mask, context.flip(0))) > 1e-5);
    }

    [Theory]
    [InlineData(ContextAttention.Full)]
    [InlineData(ContextAttention.Prefix)]
    public void Forward_everyVectorDropped_equalsTheNullContext(ContextAttention attention)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Model(Small with { ContextAttention = attention });
        var (ids, mask) = Texts();
        var stage = model.SecondStage;
        var prefix = stage.Prefix(randn(5, 16), ones([1, 5], dtype: ScalarType.Bool));

        var dropped = attention == ContextAttention.Full ? stage.Embed(ids, mask, prefix) : stage.Embed(ids, mask, stage.Attend(prefix));

        Assert.True(Distance(dropped, model.forward(ids, mask, null)) < 1e-6);
    }

    [Fact]
    public void Forward_prefixAttention_isNotAnApproximationOfFull()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var full = Model(Small);
        using var prefix = Model(Small with { ContextAttention = ContextAttention.Prefix });
        var (ids, mask) = Texts();
        var context = randn(5, 16);

        Assert.True(Distance(full.forward(ids, mask, context), prefix.forward(ids, mask, context)) > 1e-6);
    }

    [Theory]
    [InlineData(ContextAttention.Full)]
    [InlineData(ContextAttention.Prefix)]
    public void Forward_aTextBesideOthers_isTheSameAsAlone(ContextAttention attention)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Model(Small with { ContextAttention = attention });
        var (ids, mask) = Texts();
        var context = randn(5, 16);

        var together = model.forward(ids, mask, context).narrow(0, 1, 1);
        var alone = model.forward(ids.narrow(0, 1, 1).narrow(1, 0, 3), mask.narrow(0, 1, 1).narrow(1, 0, 3), context); // its three tokens, no padding

        Assert.True(Distance(together, alone) < 1e-5);
    }

    [Theory]
    [InlineData(ContextAttention.Full)]
    [InlineData(ContextAttention.Prefix)]
    public void Backward_reachesBothStages(ContextAttention attention)
    {
        using var scope = NewDisposeScope();
        using var model = Model(Small with { ContextAttention = attention, SequenceDropout = 0 });
        var (ids, mask) = Texts();

        model.forward(ids, mask, model.EmbedContext(ids, mask)).pow(2).sum().backward();

        var without = model.named_parameters().Where(entry => entry.parameter.grad is null).Select(entry => entry.name).ToArray();
        Assert.Equal(["second_stage_model.sequence_dropout_null_embedding"], without);
    }

    [Fact]
    public void NullContext_ofACheckpointWithoutNullVector_isRefused()
    {
        using var scope = NewDisposeScope();
        using var model = new ContextualEncoder(Small, new WithoutNull().Scope(""));
        var (ids, mask) = Texts();

        var error = Assert.Throws<CdeException>(() => model.forward(ids, mask, null));

        Assert.Contains("sequence_dropout_null_embedding", error.Message, StringComparison.Ordinal);
    }

    private static ContextualEncoder Model(ContextualConfig config)
    {
        manual_seed(11);
        var model = new ContextualEncoder(config, new InitialWeights(5).Scope(""));
        using var mode = no_grad();
        foreach (var (_, parameter) in model.named_parameters())
        {
            if (parameter.dim() > 1)
                parameter.mul_(5); // away from the near-linear start, so that differences show
        }

        model.eval();
        return model;
    }

    private static (Tensor Ids, Tensor Mask) Texts() => (
        tensor(new long[] { 2, 7, 9, 3, 30, 2, 8, 3, 0, 0 }, [2, 5]),
        tensor(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 0, 0 }, [2, 5]));

    private static float Distance(Tensor a, Tensor b) => (a - b).abs().max().item<float>();

    private sealed class WithoutNull : WeightSource
    {
        private readonly InitialWeights initial = new(1);

        public override bool Has(string name) => !name.Contains("null_embedding", StringComparison.Ordinal);

        public override TorchSharp.Modules.Parameter Take(string name, params long[] shape) => initial.Take(name, shape);
    }
}
