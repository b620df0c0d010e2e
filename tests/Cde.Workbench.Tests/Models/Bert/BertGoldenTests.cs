using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Bert;

[Trait("Category", "Golden")]
public sealed class BertGoldenTests
{
    public static TheoryData<string> Groups => ["single", "pair", "left_padded"];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Bert_group_givesTheOriginalsHiddenStatesAndPoolings(string name)
    {
        using var golden = new GoldenCase("case01_bert_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        using var model = new BertEncoder(BertConfig.From(JsonConfig.Read(golden.File("config.json"))), new FileWeights(files, null, ScalarType.Float32).Scope(""));
        model.eval();
        var group = golden.Group(name);
        var (ids, mask, types) = (GoldenCase.Matrix(group, "input_ids")!, GoldenCase.Matrix(group, "attention_mask")!, GoldenCase.Matrix(group, "token_type_ids"));

        var all = new List<Tensor>();
        var hidden = model.HiddenStates(ids, mask, types, all);

        golden.AssertClose($"{name}.last_hidden_state", hidden);
        if (golden.Expects($"{name}.pooler_output"))
            golden.AssertClose($"{name}.pooler_output", model.Pooler(hidden));
        if (golden.Expects($"{name}.hidden_states.0"))
        {
            Assert.Equal(golden.ExpectedNames.Count(entry => entry.StartsWith($"{name}.hidden_states.", StringComparison.Ordinal)), all.Count);
            for (var i = 0; i < all.Count; i++)
                golden.AssertClose($"{name}.hidden_states.{i}", all[i]);
        }

        golden.AssertClose($"{name}.pool_cls", Pooling.Apply(PoolingModes.Cls, hidden, mask));
        golden.AssertClose($"{name}.pool_mean", Pooling.Apply(PoolingModes.Mean, hidden, mask));
        golden.AssertClose($"{name}.pool_max", Pooling.Apply(PoolingModes.Max, hidden, mask));
        golden.AssertClose($"{name}.pool_mean_sqrt_len", Pooling.Apply(PoolingModes.MeanSqrtLength, hidden, mask));
        golden.AssertClose($"{name}.pool_weightedmean", Pooling.Apply(PoolingModes.WeightedMean, hidden, mask));
        golden.AssertClose($"{name}.pool_lasttoken", Pooling.Apply(PoolingModes.LastToken, hidden, mask));
    }
}
