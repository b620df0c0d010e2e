using Cde.Testing;
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
}
