using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Decoders;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Decoders;

[Trait("Category", "Golden")]
public sealed class DecoderGoldenTests
{
    private static readonly string[] Cases =
        ["case14_llama_tiny", "case14b_mistral_tiny", "case14c_qwen2_tiny", "case14d_qwen3_tiny", "case14e_llama3_rope_tiny"];

    public static TheoryData<string, string> CasesAndGroups
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Cases)
            {
                foreach (var group in (string[])["right", "left", "left_positions"])
                    data.Add(name, group);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CasesAndGroups))]
    public void Decoder_group_givesTheOriginalsHiddenStatesAndPoolings(string name, string group)
    {
        using var golden = new GoldenCase(name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<DecoderEncoder>(golden);
        var (ids, mask) = GoldenEncoder.Inputs(golden.Group(group));

        var all = new List<Tensor>();
        var hidden = model.HiddenStates(ids, mask, all) * mask.unsqueeze(-1); // the case holds 0 at padded positions

        if (group != "left_positions") // which has the same hidden states as left: positions are relative
            golden.AssertClose($"{group}.last_hidden_state", hidden);
        if (golden.Expects($"{group}.hidden_states.0"))
            GoldenEncoder.AssertHiddenStates(golden, group + ".", all, mask);
        GoldenEncoder.AssertPoolings(golden, group + ".", hidden, mask);
        golden.AssertClose($"{group}.sentence_embedding", nn.functional.normalize(Pooling.LastToken(hidden, mask)));
    }

    [Fact]
    public void Mistral_withoutWindow_givesWhatTheOriginalGivesWithoutIt()
    {
        using var golden = new GoldenCase("case14b_mistral_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        var config = MistralConfig.From(JsonConfig.Read(golden.File("config.json")));
        using var model = new DecoderEncoder(config with { Window = null }, new FileWeights(files, null, ScalarType.Float32).Scope(""));
        var (ids, mask) = GoldenEncoder.Inputs(golden.Group("right"));

        Assert.Equal(5, config.Window);
        golden.AssertClose("right.no_window.last_hidden_state", model.forward(ids, mask) * mask.unsqueeze(-1));
    }

    [Fact]
    public void Llama3Scaling_frequencies_areTheOriginals()
    {
        using var golden = new GoldenCase("case14e_llama3_rope_tiny");
        using var scope = NewDisposeScope();
        var config = LlamaConfig.From(JsonConfig.Read(golden.File("config.json")));
        var rotary = new Rotary(config.HeadWidth, 1, config.RotaryBase, interleaved: false, config.RotaryScaling);

        var expected = golden.Expected("rotary_inv_freq").data<float>().ToArray();

        Assert.IsType<Llama3RotaryScaling>(config.RotaryScaling);
        for (var j = 0; j < expected.Length; j++)
            Assert.Equal(expected[j], rotary.Frequency(j), Math.Max(1e-12, expected[j] * 1e-6));
    }
}
