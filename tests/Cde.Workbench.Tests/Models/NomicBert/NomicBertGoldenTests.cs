using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.NomicBert;

[Trait("Category", "Golden")]
public sealed class NomicBertGoldenTests
{
    private static readonly string[] Cases = ["case02_nomic_tiny", "case02b_nomic_variant", "case02c_nomic_interleaved_gelu"];
    private static readonly string[] Groups = ["right", "right_types", "left", "holes", "embeds"];

    public static TheoryData<string, string> CasesAndGroups
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Cases)
            {
                foreach (var group in Groups)
                    data.Add(name, group);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CasesAndGroups))]
    public void NomicBert_group_givesTheOriginalsHiddenStatesAtEveryRotaryStart(string name, string group)
    {
        using var golden = new GoldenCase(name);
        var starts = golden.Group("rotary_start_pos").EnumerateArray().Select(value => value.GetInt64()).Where(start => golden.Expects($"{group}.start{start}.last_hidden_state")).ToArray();
        if (starts.Length == 0)
            Assert.Skip($"golden case {name} has no group {group}");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden);

        foreach (var start in starts)
        {
            Tensor hidden;
            if (group == "embeds")
            {
                hidden = model.Run(golden.Expected("inputs_embeds"), GoldenCase.Matrix(golden.Group("right"), "attention_mask")!, start);
            }
            else
            {
                var inputs = golden.Group(group);
                hidden = model.forward(
                    GoldenCase.Matrix(inputs, "input_ids")!, GoldenCase.Matrix(inputs, "attention_mask")!, GoldenCase.Matrix(inputs, "token_type_ids"), start);
            }

            golden.AssertClose($"{group}.start{start}.last_hidden_state", hidden);
        }
    }

    [Fact]
    public void NomicBert_eagerPort_agreesAtAttendedPositions()
    {
        using var golden = new GoldenCase("case02_nomic_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden);
        var right = golden.Group("right");
        var mask = GoldenCase.Matrix(right, "attention_mask")!;

        golden.AssertClose("right.hf_eager_port.last_hidden_state", model.forward(GoldenCase.Matrix(right, "input_ids")!, mask), mask.unsqueeze(-1));
    }

    [Fact]
    public void NomicBert_remappedBertCheckpoint_givesTheOriginalsHiddenStates()
    {
        using var golden = new GoldenCase("case02d_bert_loaded_as_nomic");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden);

        var hidden = model.forward(GoldenCase.Matrix(golden.Inputs, "input_ids")!, GoldenCase.Matrix(golden.Inputs, "attention_mask")!, GoldenCase.Matrix(golden.Inputs, "token_type_ids"));

        golden.AssertClose(Assert.Single(golden.ExpectedNames), hidden);
    }

    private static NomicBertEncoder Load(GoldenCase golden)
    {
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        var model = new NomicBertEncoder(NomicBertConfig.From(JsonConfig.Read(golden.File("config.json"))), new FileWeights(files, null, ScalarType.Float32).Scope(""));
        model.eval();
        return model;
    }
}
