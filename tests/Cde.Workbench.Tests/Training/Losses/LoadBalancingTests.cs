using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

public sealed class LoadBalancingTests
{
    [Fact]
    public void Value_isTheNumberOfExpertsTimesFractionsTimesMeanProbabilities()
    {
        // Two experts, four tokens: 3/4 and 1/4 of them, mean probabilities 0.6 and 0.4: 2 (0.75 0.6 + 0.25 0.4) = 1.1.
        Assert.Equal(1.1, LoadBalancing.Value([3, 1], [2.4, 1.6], 4), 1e-12);
        Assert.Equal([0.375, 0.125], LoadBalancing.Slopes([3, 1], 4));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    public void Value_ofABalancedLoad_isTheNumberOfExpertsOfAToken(int top, double expected) =>
        Assert.Equal(expected, LoadBalancing.Value([.. Enumerable.Repeat(2.0 * top, 4)], [2, 2, 2, 2], 8), 1e-12);

    [Fact]
    public void Value_whereAllTokensAreSureOfOneExpert_isTheNumberOfExperts() => Assert.Equal(4, LoadBalancing.Value([8, 0, 0, 0], [8, 0, 0, 0], 8), 1e-12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Value_andSlopes_areThoseOfOneHotFractionsBySlot_inOneGraph(int top)
    {
        const int Tokens = 40, Experts = 6;
        using var scope = NewDisposeScope();
        manual_seed(3);
        var probabilities = (randn([Tokens, Experts]) * 2).softmax(-1).requires_grad_();
        var chosen = probabilities.topk(top, -1).indexes; // (N, k)
        var bySlot = nn.functional.one_hot(chosen, Experts).to_type(ScalarType.Float32).mean([0L]); // (k, E)
        var whole = (bySlot * probabilities.mean([0L]).unsqueeze(0)).sum() * Experts;
        whole.backward();

        double[] routed = [.. nn.functional.one_hot(chosen, Experts).sum([0L, 1L]).data<long>().ToArray().Select(count => (double)count)];
        double[] sums = [.. probabilities.sum([0L]).data<float>().ToArray().Select(sum => (double)sum)];

        Assert.Equal(whole.item<float>(), LoadBalancing.Value(routed, sums, Tokens), 1e-5);
        var slopes = LoadBalancing.Slopes(routed, Tokens);
        for (var token = 0; token < Tokens; token++)
            Assert.All(probabilities.grad![token].data<float>().ToArray().Zip(slopes), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Value_ofNoTokens_orOfOtherExperts_isRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadBalancing.Value([0], [0], 0));
        Assert.Throws<ArgumentException>(() => LoadBalancing.Value([1, 1], [1], 1));
    }
}
