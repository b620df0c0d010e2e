using static TorchSharp.torch;

namespace Cde.Torch.Tests.Runtime;

public sealed class RandomTests
{
    [Fact]
    public void Same_seed_gives_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var first = randn(100);
        manual_seed(5);
        Assert.True(first.Equals(randn(100)));
        Assert.False(first.Equals(randn(100)));
        Assert.Equal(5, initial_seed());
    }

    [Fact]
    public void Restored_state_goes_on_where_it_was_taken()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        _ = rand(7);
        var state = get_rng_state();
        var expected = rand(50);
        set_rng_state(state);
        Assert.True(expected.Equals(rand(50)));
    }

    [Fact]
    public void Generator_of_its_own_does_not_touch_the_default_one()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var expected = rand(5);
        manual_seed(7);
        using var own = new Generator(1);
        var a = rand(5, generator: own);
        var b = randn(5, generator: own.manual_seed(3));
        Assert.True(expected.Equals(rand(5)));
        using var again = new Generator(1);
        Assert.True(a.Equals(rand(5, generator: again)));
        Assert.True(b.Equals(randn(5, generator: again.manual_seed(3))));
    }

    [Fact]
    public void Distributions_have_their_moments()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var n = empty(40000).normal_(3, 2, generator);
        Assert.Equal(3, n.mean().item<float>(), 0.05);
        Assert.Equal(2, n.std().item<float>(), 0.05);
        var u = empty(40000).uniform_(-1, 3, generator);
        Assert.Equal(1, u.mean().item<float>(), 0.05);
        Assert.True(u.min().item<float>() >= -1);
        Assert.Equal(0.3, empty(40000).bernoulli_(0.3, generator).mean().item<float>(), 0.02);
        var i = randint(2, 5, [1000], generator: generator);
        Assert.Equal([2L, 3, 4], i.unique().output.data<long>().ToArray());
        Assert.Equal(Enumerable.Range(0, 20).Select(k => (long)k), randperm(20, generator: generator).sort().Values.data<long>());
    }
}
