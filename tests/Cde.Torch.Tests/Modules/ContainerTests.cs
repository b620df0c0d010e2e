using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class ContainerTests
{
    [Fact]
    public void Module_list_names_its_modules_by_position_after_every_change()
    {
        using var list = nn.ModuleList(nn.Linear(1, 1), nn.Linear(2, 2));
        using var removed = list[0];
        list.append(nn.Linear(3, 3));
        list.RemoveAt(0);
        list.Insert(0, nn.Linear(4, 4));

        Assert.Equal([4, 2, 3], list.Select(linear => linear.in_features));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias"], list.named_parameters().Select(pair => pair.name));
        Assert.Equal([4, 4], list.get_parameter("0.weight")!.shape);
    }

    [Fact]
    public void Module_dictionary_keeps_names_and_order()
    {
        using var dict = nn.ModuleDict(("b", nn.Linear(1, 1, hasBias: false)), ("a", nn.Linear(2, 2, hasBias: false)));
        dict.Add("c", nn.Linear(3, 3, hasBias: false));
        using var removed = dict["a"];
        dict.Remove("a");

        Assert.Equal(["b", "c"], dict.Keys);
        Assert.Equal(["b.weight", "c.weight"], dict.named_parameters().Select(pair => pair.name));
        Assert.True(dict.TryGetValue("c", out Linear? found));
        Assert.Equal(3, found.in_features);
    }

    [Fact]
    public void Sequential_calls_its_modules_in_order()
    {
        using var scope = NewDisposeScope();
        using var chain = nn.Sequential(("double", nn.Linear(nn.Parameter(tensor(new float[,] { { 2 } })))), ("square", new Square()));

        Assert.Equal(36, chain.call(tensor(new float[] { 3 })).item<float>());
        Assert.Equal(["double.weight"], chain.named_parameters().Select(pair => pair.name));
        Assert.Equal(3, chain.append(nn.Identity()).Count);
        Assert.Equal(36, chain.call(tensor(new float[] { 3 })).item<float>());
    }

    [Fact]
    public void Empty_sequential_returns_its_input()
    {
        using var scope = NewDisposeScope();
        using var chain = nn.Sequential(Array.Empty<nn.Module<Tensor, Tensor>>());

        Assert.Equal(3, chain.call(tensor(3f)).item<float>());
    }

    private sealed class Square() : nn.Module<Tensor, Tensor>(nameof(Square))
    {
        public override Tensor forward(Tensor input) => input * input;
    }
}
