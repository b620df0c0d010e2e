using Cde.Testing;
using Cde.Workbench.Models.Bert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Bert;

/// <summary>RoBERTa, XLM-R and DistilBERT against the originals.</summary>
[Trait("Category", "Golden")]
public sealed class BertKinGoldenTests
{
    [Theory]
    [InlineData("case11_xlmr_tiny")]
    [InlineData("case12_distilbert_tiny")]
    public void Encoder_texts_givesTheOriginalsHiddenStatesAndPoolings(string name)
    {
        using var golden = new GoldenCase(name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<BertEncoder>(golden);
        var (ids, mask) = GoldenEncoder.Inputs(golden.Inputs);

        var all = new List<Tensor>();
        var hidden = model.HiddenStates(ids, mask, null, all);

        Assert.Equal(golden.ExpectedNames.Count(entry => entry.StartsWith("hidden_states.", StringComparison.Ordinal)), all.Count);
        golden.AssertClose("last_hidden_state", hidden);
        golden.AssertClose("last_hidden_state", model.forward(ids, mask), mask.unsqueeze(-1)); // the fused path
        GoldenEncoder.AssertHiddenStates(golden, "", all);
        GoldenEncoder.AssertPoolings(golden, "", hidden, mask);
        Assert.Equal(golden.Expects("pooler_output"), model.HasPooler);
        if (model.HasPooler)
            golden.AssertClose("pooler_output", model.Pooler(hidden));
    }

    [Theory]
    [InlineData("right")]
    [InlineData("left")]
    public void Roberta_group_countsPositionsOverIdsAndGivesTheOriginalsHiddenStates(string group)
    {
        using var golden = new GoldenCase("case16_roberta_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<BertEncoder>(golden);
        var (ids, mask) = GoldenEncoder.Inputs(golden.Group(group));

        var all = new List<Tensor>();
        var hidden = model.HiddenStates(ids, mask, null, all);

        Assert.True(golden.Expected($"{group}.position_ids").eq(BertEmbeddings.Counted(ids, 1)).all().item<bool>());
        golden.AssertClose($"{group}.last_hidden_state", hidden);
        golden.AssertClose($"{group}.pooler_output", model.Pooler(hidden));
        GoldenEncoder.AssertPoolings(golden, group + ".", hidden, mask);
        if (group == "right")
            GoldenEncoder.AssertHiddenStates(golden, "right.", all);
    }

    [Fact]
    public void Roberta_embeddingsGiven_countsEverySlot()
    {
        using var golden = new GoldenCase("case16_roberta_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<BertEncoder>(golden);
        var mask = GoldenCase.Matrix(golden.Group("embeds"), "attention_mask")!;

        golden.AssertClose("embeds.last_hidden_state", model.Run(model.Embed(golden.Expected("embeds.inputs_embeds")), mask, []));
    }
}
