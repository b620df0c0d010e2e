using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class ActivationTests
{
    public static TheoryData<string, double> Values => new()
    {
        // erf and tanh by hand: 0.5 · 1.5 · (1 + erf(1.5/√2)) with erf(1.06066) = 0.866386.
        { "gelu", 1.3997891981 },
        { "gelu tanh", 1.3995715769 },
        { "relu", 1.5 },
        { "silu", 1.2263617143 },
        { "tanh", 0.9051482536 },
        { "sigmoid", 0.8175744762 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Activation_of_one_and_a_half_is_the_value_worked_out_by_hand(string name, double expected)
    {
        using var scope = NewDisposeScope();
        using var module = Make(name, inplace: false);
        using var inPlace = Make(name, inplace: true);
        var input = tensor(1.5, ScalarType.Float64);

        Assert.Equal(expected, module.call(input).item<double>(), 1e-9);
        Assert.Equal(1.5, input.item<double>());
        inPlace.call(input);
        Assert.Equal(expected, input.item<double>(), 1e-9);
    }

    [Fact]
    public void Softmax_of_zero_and_log_three_is_a_quarter_and_three_quarters()
    {
        using var scope = NewDisposeScope();
        using var softmax = nn.Softmax(0);
        using var logSoftmax = nn.LogSoftmax(0);
        var input = tensor(new[] { 0, Math.Log(3) });

        Assert.Equal([0.25, 0.75], softmax.call(input).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([Math.Log(0.25), Math.Log(0.75)], logSoftmax.call(input).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static nn.Module<Tensor, Tensor> Make(string name, bool inplace) => name switch
    {
        "gelu" => nn.GELU(inplace),
        "gelu tanh" => nn.GELU(GELU.Approximate.tanh, inplace),
        "relu" => nn.ReLU(inplace),
        "silu" => nn.SiLU(inplace),
        "tanh" => nn.Tanh(inplace),
        _ => nn.Sigmoid(inplace),
    };
}
