using static TorchSharp.torch;

namespace Cde.Torch.Tests;

/// <summary>Compares gradients with central finite differences, in float64.</summary>
internal static class Gradients
{
    private const double Step = 1e-5;

    /// <summary>Checks the gradient of a scalar function with respect to every element of the inputs.</summary>
    public static void AssertMatchFiniteDifferences(Func<Tensor> function, params Tensor[] inputs)
    {
        foreach (var input in inputs) Assert.Equal(ScalarType.Float64, input.dtype);
        using (var value = function())
        {
            value.backward();
        }
        foreach (var input in inputs)
        {
            using var gradient = input.grad;
            Assert.NotNull(gradient);
            var analytic = gradient.data<double>().ToArray();
            for (long i = 0; i < input.numel(); i++)
            {
                double expected = (Shifted(function, input, i, Step) - Shifted(function, input, i, -Step)) / (2 * Step);
                Assert.True(Math.Abs(expected - analytic[i]) <= 1e-6 * Math.Max(1, Math.Abs(expected)), $"element {i}: autograd {analytic[i]}, differences {expected}");
            }
        }
    }

    private static double Shifted(Func<Tensor> function, Tensor input, long element, double step)
    {
        using var without = no_grad();
        using var scope = NewDisposeScope();
        var flat = input.view(-1);
        flat[element] = flat[element] + step;
        double value = function().item<double>();
        flat[element] = flat[element] - step;
        return value;
    }
}
