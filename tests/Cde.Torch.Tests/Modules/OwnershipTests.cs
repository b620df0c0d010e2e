using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class OwnershipTests
{
    [Fact]
    public void Disposing_a_module_frees_all_it_owns() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        var block = new Block();
        using var chain = nn.Sequential(nn.Linear(3, 4), nn.GELU(), block, nn.Dropout(), nn.Embedding(2, 2), nn.LayerNorm(4));
        Assert.False(block.Scale.IsInvalid);
        chain.Dispose();
        Assert.True(block.Scale.IsInvalid);
    }));

    [Fact]
    public void Dispose_scope_leaves_the_components_of_a_module_alone() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        Block block;
        using (NewDisposeScope()) block = new Block();

        Assert.All(block.state_dict().Values, value => Assert.False(value.IsInvalid));
        block.Dispose();
    }));

    [Fact]
    public void Calling_leaves_the_result_alone() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        using var chain = nn.Sequential(nn.Linear(3, 3), nn.ReLU(inplace: true), nn.Identity(), new Block());
        using var input = ones(2, 3);
        long before = Tensor.TotalCount;

        var result = chain.call(input);

        Assert.Equal(1, Tensor.TotalCount - before);
        result.Dispose();
    }));

    [Fact]
    public void Conversion_frees_what_it_replaces() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        using var block = new Block();
        long before = Tensor.TotalCount;

        block.to(ScalarType.Float64).half().@float();

        Assert.Equal(before, Tensor.TotalCount);
    }));

    [Fact]
    public void Failed_load_leaves_nothing_behind() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        using var block = new Block();
        using var wrong = zeros(4);
        Assert.Throws<ArgumentException>(() => block.load_state_dict(new() { ["scale"] = wrong }, strict: false));
        Assert.Throws<InvalidOperationException>(() => block.load_state_dict(new() { ["scale"] = wrong }));
    }));

    [Fact]
    public void Parameter_takes_its_tensor_over() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        var data = ones(2);
        using var parameter = nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.Equal([1f, 1f], parameter.data<float>().ToArray());
    }));
}
