using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

/// <summary>The gradient of every loss against central differences, in float64.</summary>
public sealed class LossGradientTests
{
    private const double Step = 1e-6;

    /// <summary>Rounding of a loss near 10 over two steps, and the third derivative at temperature 0.3.</summary>
    private const double Tolerance = 1e-6;

    [Fact]
    public void Samples_coverEveryLossOfTheCatalog() =>
        Assert.Empty(LossCatalog.All.Except(LossSamples.All.Select(sample => sample.Loss)).Select(loss => loss.Name));

    [Theory]
    [MemberData(nameof(LossSamples.Titles), MemberType = typeof(LossSamples))]
    public void Gradient_ofEveryVectorAndScore_isTheDifferenceQuotient(string title)
    {
        using var scope = NewDisposeScope();
        var sample = LossSamples.Get(title);
        var batch = sample.Batch();
        var inputs = Differentiated(batch);
        foreach (var input in inputs)
            input.requires_grad_();

        sample.Compute(batch).backward();

        foreach (var input in inputs)
        {
            var gradient = input.grad!.data<double>().ToArray();
            var quotients = Quotients(() => sample.Compute(batch), input);
            Assert.True(gradient.Max(Math.Abs) > 1e-4, "the loss depends on the input");
            Assert.True(Largest(gradient, quotients) <= Tolerance, $"largest difference {Largest(gradient, quotients):g3}");
            // A gradient one percent off would be seen.
            Assert.True(Largest([.. gradient.Select(value => value * 1.01)], quotients) > Tolerance);
        }
    }

    private static double Largest(double[] gradient, double[] quotients) =>
        gradient.Zip(quotients, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(b))).Max();

    private static List<Tensor> Differentiated(LossBatch batch) =>
        [.. new[] { batch.Queries, batch.Documents, batch.Negatives, batch.ClassVectors, batch.Scores, batch.SecondScores }.OfType<Tensor>()];

    private static double[] Quotients(Func<Tensor> loss, Tensor input)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var flat = input.view(-1);
        var quotients = new double[flat.size(0)];
        for (var i = 0; i < quotients.Length; i++)
        {
            var value = flat[i].item<double>();
            flat[i] = value + Step;
            var above = loss().item<double>();
            flat[i] = value - Step;
            var below = loss().item<double>();
            flat[i] = value;
            quotients[i] = (above - below) / (2 * Step);
        }

        return quotients;
    }
}
