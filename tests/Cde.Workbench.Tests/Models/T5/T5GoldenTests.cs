using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.T5;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.T5;

[Trait("Category", "Golden")]
public sealed class T5GoldenTests
{
    public static TheoryData<string, string> CasesAndGroups => new()
    {
        { "case13_t5_encoder_tiny", "right" }, { "case13_t5_encoder_tiny", "left" }, { "case13b_t5_gated_gelu_tiny", "right" }, { "case13b_t5_gated_gelu_tiny", "left" },
    };

    [Theory]
    [MemberData(nameof(CasesAndGroups))]
    public void T5_group_givesTheOriginalsHiddenStates(string name, string group)
    {
        using var golden = new GoldenCase(name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<T5Encoder>(golden);
        var (ids, mask) = GoldenEncoder.Inputs(golden.Group(group));

        var all = new List<Tensor>();
        var hidden = model.HiddenStates(ids, mask, all);

        golden.AssertClose($"{group}.last_hidden_state", hidden);
        GoldenEncoder.AssertPoolings(golden, group + ".", hidden, mask);
        if (golden.Expects($"{group}.hidden_states.1"))
            GoldenEncoder.AssertHiddenStates(golden, group + ".", all);
    }

    [Theory]
    [MemberData(nameof(CasesAndGroups))]
    public void T5_folderWithDenseLayer_givesTheOriginalsEmbeddings(string name, string group)
    {
        using var golden = new GoldenCase(name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var loaded = LoadedEncoder.Read(golden.Folder, null, ScalarType.Float32);
        loaded.Module.eval();
        var (ids, mask) = GoldenEncoder.Inputs(golden.Group(group));

        var dense = loaded.Embed(ids, mask, null);

        Assert.Equal(("t5", 24), (loaded.Architecture, loaded.Dimension));
        golden.AssertClose($"{group}.dense", dense);
        golden.AssertClose($"{group}.sentence_embedding", nn.functional.normalize(dense));
    }

    [Theory]
    [InlineData("case13_t5_encoder_tiny")]
    [InlineData("case13b_t5_gated_gelu_tiny")]
    public void RelativePositions_giveTheOriginalsBucketsAndBias(string name)
    {
        using var golden = new GoldenCase(name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<T5Encoder>(golden);

        var distances = golden.Expected("relative_position").data<long>().ToArray();
        Assert.Equal(
            golden.Expected("relative_position_bucket").data<long>().ToArray(),
            distances.Select(distance => (long)RelativePositionBias.Bucket((int)distance, model.Config.Buckets, model.Config.MaxDistance)));
        golden.AssertClose("position_bias", model.Relative.forward(model.Relative.Places(45)).squeeze(0));
    }
}
