using System.Text;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.ModernBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.ModernBert;

[Trait("Category", "Golden")]
public sealed class ModernBertGoldenTests
{
    [Theory]
    [InlineData("right")]
    [InlineData("left")]
    public void ModernBert_group_givesTheOriginalsHiddenStates(string group)
    {
        using var golden = new GoldenCase("case15_modernbert_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<ModernBertEncoder>(golden);
        var (ids, mask) = GoldenEncoder.Inputs(golden.Group(group));

        var all = new List<Tensor>();
        var hidden = model.HiddenStates(ids, mask, all) * mask.unsqueeze(-1); // the case holds 0 at padded positions

        golden.AssertClose($"{group}.last_hidden_state", hidden);
        GoldenEncoder.AssertPoolings(golden, group + ".", hidden, mask);
        if (group == "right")
            GoldenEncoder.AssertHiddenStates(golden, "right.", all, mask);
    }

    [Theory]
    [InlineData("""["full_attention", "sliding_attention", "sliding_attention", "full_attention"]""", true)]
    [InlineData("""["full_attention", "full_attention", "full_attention", "full_attention"]""", false)]
    public void ModernBert_layerTypes_sayWhichLayersSeeTheWholeText(string types, bool isTheCases)
    {
        using var golden = new GoldenCase("case15_modernbert_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var text = File.ReadAllText(golden.File("config.json")).Replace("\"global_attn_every_n_layers\": 3", $"\"layer_types\": {types}", StringComparison.Ordinal);
        var config = ModernBertConfig.From(JsonConfig.Parse("config.json", Encoding.UTF8.GetBytes(text)));
        using var same = GoldenEncoder.Load<ModernBertEncoder>(golden);

        Assert.Equal(isTheCases, Enumerable.Range(0, 4).All(layer => config.IsGlobal(layer) == same.Config.IsGlobal(layer)));
        Assert.NotNull(config.GlobalLayers);
    }

    [Theory]
    [InlineData("""["full_attention"]""", "\"layer_types\" has 1 names, \"num_hidden_layers\" is 4")]
    [InlineData("""["full_attention", "linear_attention", "full_attention", "full_attention"]""", "\"linear_attention\", which is not computed here")]
    public void ModernBert_layerTypesThatAreNotComputed_areRefused(string types, string expected)
    {
        var text = File.ReadAllText(Path.Combine(TestFolders.GoldenCase("case15_modernbert_tiny"), "config.json")).Replace("\"global_attn_every_n_layers\": 3", $"\"layer_types\": {types}", StringComparison.Ordinal);

        var error = Assert.Throws<CdeException>(() => ModernBertConfig.From(JsonConfig.Parse("config.json", Encoding.UTF8.GetBytes(text))));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
