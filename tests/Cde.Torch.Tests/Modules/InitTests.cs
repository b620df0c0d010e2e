using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class InitTests
{
    [Theory]
    [InlineData("xavier_uniform", 0.2)]
    [InlineData("xavier_normal", 0.2)]
    [InlineData("kaiming_uniform", 0.2)]
    [InlineData("kaiming_normal", 0.2)]
    public void Scale_of_the_numbers_follows_the_widths(string name, double expected)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        // (out, in): xavier 2/(in + out) with 20 + 30, kaiming 2/in with 50: both 0.04.
        var weight = name.StartsWith("xavier") ? empty(30, 20) : empty(400, 50);
        Fill(name, weight);

        Assert.Equal(expected, weight.std().item<float>(), 0.02);
        Assert.False(weight.requires_grad);
    }

    [Fact]
    public void Uniform_initial_values_stay_within_root_three_standard_deviations()
    {
        using var scope = NewDisposeScope();
        manual_seed(8);
        var weight = nn.init.kaiming_uniform_(empty(300, 50));

        Assert.InRange(weight.abs().max().item<float>(), 0.2 * Math.Sqrt(3) * 0.99, 0.2 * Math.Sqrt(3));
    }

    [Fact]
    public void Truncated_normal_numbers_stay_within_their_bounds() =>
        Prop.ForAll<byte, byte, byte>((mean, low, high) =>
        {
            using var scope = NewDisposeScope();
            double a = mean / 64.0 - low / 128.0 - 0.01, b = mean / 64.0 + high / 128.0 + 0.01;
            var values = nn.init.trunc_normal_(empty(200), mean / 64.0, 0.5, a, b);
            Assert.InRange(values.min().item<float>(), (float)a, (float)b);
            Assert.InRange(values.max().item<float>(), (float)a, (float)b);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Truncated_normal_numbers_have_the_standard_deviation_of_their_distribution()
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        // Standard normal cut at plus and minus 2: variance 1 - 4 φ(2) / (2 Φ(2) - 1) = 0.7737.
        var values = nn.init.trunc_normal_(empty(50_000));

        Assert.Equal(Math.Sqrt(0.7737), values.std().item<float>(), 0.01);
        Assert.Equal(0, values.mean().item<float>(), 0.02);
    }

    [Fact]
    public void Gains_are_those_of_PyTorch()
    {
        Assert.Equal(1, nn.init.calculate_gain(nn.init.NonlinearityType.Sigmoid));
        Assert.Equal(5.0 / 3, nn.init.calculate_gain(nn.init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2), nn.init.calculate_gain(nn.init.NonlinearityType.ReLU));
        Assert.Equal(Math.Sqrt(2 / 1.04), nn.init.calculate_gain(nn.init.NonlinearityType.LeakyReLU, 0.2));
        Assert.Throws<ArgumentException>(() => nn.init.CalculateFanInAndFanOut(ones(3)));
        using var convolution = ones(5, 4, 3, 2);
        Assert.Equal((24, 30), nn.init.CalculateFanInAndFanOut(convolution));
    }

    private static void Fill(string name, Tensor weight)
    {
        switch (name)
        {
            case "xavier_uniform": nn.init.xavier_uniform_(weight); break;
            case "xavier_normal": nn.init.xavier_normal_(weight); break;
            case "kaiming_uniform": nn.init.kaiming_uniform_(weight); break;
            default: nn.init.kaiming_normal_(weight); break;
        }
    }
}
