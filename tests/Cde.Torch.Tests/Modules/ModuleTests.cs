using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class ModuleTests
{
    private static readonly string[] ParameterNames =
        ["scale", "inner.weight", "inner.bias", "norms.0.weight", "norms.0.bias", "norms.1.weight", "norms.1.bias"];

    [Fact]
    public void Fields_are_registered_under_their_names()
    {
        using var block = new Block();

        Assert.Equal(ParameterNames, block.named_parameters().Select(pair => pair.name));
        Assert.Equal(["scale"], block.named_parameters(recurse: false).Select(pair => pair.name));
        Assert.Equal(["positions", "passing"], block.named_buffers().Select(pair => pair.name));
        Assert.Equal(["inner", "norms"], block.named_children().Select(pair => pair.name));
        Assert.Equal(["inner", "norms", "norms.0", "norms.1"], block.named_modules().Select(pair => pair.name));
        Assert.Equal("Block", block.GetName());
    }

    [Fact]
    public void State_dictionary_has_parameters_and_persistent_buffers()
    {
        using var block = new Block();

        Assert.Equal([.. ParameterNames, "positions"], block.state_dict().Keys);
        Assert.Equal("encoder.scale", block.state_dict(prefix: "encoder").Keys.First());
    }

    [Fact]
    public void Components_are_found_by_dotted_name()
    {
        using var block = new Block();

        Assert.Same(block.Scale, block.get_parameter("scale"));
        Assert.Equal([3], block.get_parameter("norms.1.bias")!.shape);
        Assert.True(block.has_buffer("positions"));
        Assert.False(block.has_parameter("norms.2.bias"));
        Assert.Null(block.get_parameter("inner.nothing"));
    }

    [Fact]
    public void Parameter_in_two_places_is_given_once()
    {
        using var scope = NewDisposeScope();
        using var shared = nn.Linear(2, 2);
        using var twice = nn.ModuleList(shared, nn.Linear(shared.weight, shared.bias));

        Assert.Equal(["0.weight", "0.bias"], twice.named_parameters().Select(pair => pair.name));
    }

    [Fact]
    public void Name_that_is_taken_or_has_a_dot_is_refused()
    {
        using var block = new Block();
        using var extra = nn.Identity();

        Assert.Contains("'inner'", Assert.Throws<InvalidOperationException>(() => block.register_module("inner", extra)).Message);
        Assert.Contains("'a.b'", Assert.Throws<ArgumentException>(() => block.add_module("a.b", extra)).Message);
    }

    [Fact]
    public void Training_and_evaluation_reach_every_module()
    {
        using var block = new Block();
        Assert.True(block.training);

        block.eval();
        Assert.All(block.modules().Append(block), module => Assert.False(module.training));
        block.train();
        Assert.All(block.modules().Append(block), module => Assert.True(module.training));
    }

    [Fact]
    public void Apply_visits_children_before_their_parent()
    {
        using var block = new Block();
        var visited = new List<string>();

        block.apply(module => visited.Add(module.GetName()));

        Assert.Equal(["Linear", "LayerNorm", "LayerNorm", "ModuleList", "Block"], visited);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Zero_grad_drops_or_zeroes_gradients(bool setToNone)
    {
        using var scope = NewDisposeScope();
        using var block = new Block();
        block.call(ones(2, 3)).pow(2).sum().backward();
        Assert.All(block.parameters(), parameter => Assert.NotNull(parameter.grad));

        block.zero_grad(setToNone);

        if (setToNone) Assert.All(block.parameters(), parameter => Assert.Null(parameter.grad));
        else Assert.All(block.parameters(), parameter => Assert.Equal(0, parameter.grad!.abs().sum().item<float>()));
    }

    [Fact]
    public void Conversion_changes_floating_point_components_everywhere_and_keeps_integers()
    {
        using var scope = NewDisposeScope();
        using var block = new Block();
        var before = block.Scale;

        var same = block.to(ScalarType.BFloat16);

        Assert.Same(block, same);
        Assert.All(block.parameters(), parameter => Assert.Equal(ScalarType.BFloat16, parameter.dtype));
        Assert.Equal(ScalarType.BFloat16, block.get_buffer("passing")!.dtype);
        Assert.Equal(ScalarType.Int64, block.Positions.dtype);
        Assert.Same(block.Scale, block.get_parameter("scale"));
        Assert.True(before.IsInvalid);
        Assert.True(block.Scale.requires_grad);
        Assert.Equal(ScalarType.BFloat16, block.call(ones(1, 3, dtype: ScalarType.BFloat16)).dtype);
    }

    [Fact]
    public void Conversion_to_the_present_type_changes_nothing()
    {
        using var block = new Block();
        var before = block.parameters().ToList();

        block.to(ScalarType.Float32).cpu();

        Assert.True(before.SequenceEqual(block.parameters(), ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public void Hooks_see_and_replace_input_and_result_until_removed()
    {
        using var scope = NewDisposeScope();
        using var identity = nn.Identity();
        var before = identity.register_forward_pre_hook((_, input) => input + 1);
        var after = identity.register_forward_hook((_, _, result) => result * 10);

        Assert.Equal(20, identity.call(tensor(1f)).item<float>());
        before.remove();
        Assert.Equal(10, identity.call(tensor(1f)).item<float>());
        after.remove();
        Assert.Equal(1, identity.call(tensor(1f)).item<float>());
    }
}
