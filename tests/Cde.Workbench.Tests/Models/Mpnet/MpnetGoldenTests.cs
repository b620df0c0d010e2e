using Cde.Testing;
using Cde.Workbench.Models.Mpnet;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Mpnet;

[Trait("Category", "Golden")]
public sealed class MpnetGoldenTests
{
    [Fact]
    public void Mpnet_texts_givesTheOriginalsHiddenStatesAndPoolings()
    {
        using var golden = new GoldenCase("case10_mpnet_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = GoldenEncoder.Load<MpnetEncoder>(golden);
        var (ids, mask) = GoldenEncoder.Inputs(golden.Inputs);

        var all = new List<Tensor>();
        var hidden = model.HiddenStates(ids, mask, all);

        golden.AssertClose("last_hidden_state", hidden);
        golden.AssertClose("pooler_output", model.Pooler(hidden));
        GoldenEncoder.AssertHiddenStates(golden, "", all);
        GoldenEncoder.AssertPoolings(golden, "", hidden, mask);
    }
}
