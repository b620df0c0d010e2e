using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class StateDictionaryTests
{
    [Fact]
    public void Loading_copies_values_and_converts_types()
    {
        using var scope = NewDisposeScope();
        using var source = new Block();
        using var target = new Block();
        nn.init.constant_(source.Scale, 7);
        var state = source.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float64));

        var (missing, unexpected) = target.load_state_dict(state);

        Assert.Empty(missing.Concat(unexpected));
        Assert.Equal([7f, 7f, 7f], target.Scale.data<float>().ToArray());
        Assert.All(target.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.True(target.Scale.requires_grad);
        nn.init.zeros_(source.Scale);
        Assert.Equal(7, target.Scale[0].item<float>());
    }

    [Fact]
    public void Strict_loading_names_what_is_missing_and_what_is_unexpected_and_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var block = new Block();
        var state = block.state_dict().ToDictionary(pair => pair.Key, pair => zeros_like(pair.Value));
        state.Remove("inner.bias");
        state["outer.bias"] = zeros(3);

        string message = Assert.Throws<InvalidOperationException>(() => block.load_state_dict(state)).Message;

        Assert.Contains("1 missing (inner.bias)", message);
        Assert.Contains("1 unexpected (outer.bias)", message);
        Assert.Equal([1f, 1f, 1f], block.Scale.data<float>().ToArray());
    }

    [Fact]
    public void Loading_what_fits_reports_the_rest()
    {
        using var scope = NewDisposeScope();
        using var block = new Block();
        var state = new Dictionary<string, Tensor> { ["scale"] = zeros(3), ["other"] = zeros(1) };

        var (missing, unexpected) = block.load_state_dict(state, strict: false);

        Assert.Equal(7, missing.Count);
        Assert.Equal(["other"], unexpected);
        Assert.Equal([0f, 0f, 0f], block.Scale.data<float>().ToArray());
    }

    [Fact]
    public void Skipped_names_are_left_alone_on_both_sides()
    {
        using var scope = NewDisposeScope();
        using var block = new Block();
        var state = block.state_dict().ToDictionary(pair => pair.Key, pair => zeros_like(pair.Value));
        state.Remove("inner.bias");

        var (missing, unexpected) = block.load_state_dict(state, skip: ["scale", "inner.bias"]);

        Assert.Empty(missing.Concat(unexpected));
        Assert.Equal([1f, 1f, 1f], block.Scale.data<float>().ToArray());
        Assert.Equal(0, block.get_parameter("inner.weight")!.abs().sum().item<float>());
    }

    [Fact]
    public void Wrong_shape_names_the_tensor_the_expected_and_the_found_shape_and_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var block = new Block();
        var state = block.state_dict().ToDictionary(pair => pair.Key, pair => zeros_like(pair.Value));
        state["norms.1.bias"] = zeros(2, 3);

        string message = Assert.Throws<ArgumentException>(() => block.load_state_dict(state)).Message;

        Assert.Contains("'norms.1.bias'", message);
        Assert.Contains("expected [3], found [2, 3]", message);
        Assert.Equal([1f, 1f, 1f], block.Scale.data<float>().ToArray());
    }
}
