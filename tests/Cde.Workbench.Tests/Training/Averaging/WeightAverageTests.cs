using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Averaging;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Averaging;

[Collection(LiveTensors.Name)]
public sealed class WeightAverageTests : IDisposable
{
    private const int Steps = 40;

    private readonly Parameter weights = new(tensor(Course(0)));

    [Theory]
    [InlineData(0.999)]
    [InlineData(0.5)]
    [InlineData(0.0)]
    public void Ema_isAPlainLoopWithItsWarmUp(double decay)
    {
        using var average = WeightAverage.Of(new() { Kind = AveragingKind.Ema, Decay = decay }, Steps, [("w", weights)])!;
        var expected = Course(0).Select(x => (double)x).ToArray();

        for (var step = 1; step <= Steps; step++)
        {
            var d = Math.Min(decay, (1.0 + step) / (10.0 + step));
            expected = [.. expected.Zip(Course(step), (a, w) => d * a + (1 - d) * w)];
            Take(average, step);
            Same(expected, average);
        }
    }

    [Theory]
    [InlineData(null, 1, new[] { 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40 })] // three quarters of 40
    [InlineData(35, 2, new[] { 35, 37, 39 })]
    [InlineData(1, 13, new[] { 1, 14, 27, 40 })]
    [InlineData(40, 1, new[] { 40 })]
    public void Swa_isTheMeanOfTheWeightsThatEnter(int? start, int every, int[] entering)
    {
        using var average = WeightAverage.Of(new() { Kind = AveragingKind.Swa, StartStep = start, Every = every }, Steps, [("w", weights)])!;

        for (var step = 1; step <= Steps; step++)
        {
            Take(average, step);
            using var before = step == entering[0] - 1 ? average.InPlace(step) : null;
            Assert.Null(before); // nothing has entered
        }

        Same([.. Enumerable.Range(0, 3).Select(i => entering.Average(step => (double)Course(step)[i]))], average);
    }

    [Fact]
    public void InPlace_showsTheAverage_andThenTheWeightsAreWhatTheyWereBitForBit()
    {
        using var average = WeightAverage.Of(new() { Kind = AveragingKind.Ema }, Steps, [("w", weights)])!;
        Take(average, 1);
        var (own, mean) = (Floats(weights), Floats(average.Values.Single().Value));
        Assert.NotEqual(own, mean);

        using (average.InPlace(1))
            Assert.Equal(mean, Floats(weights));

        Assert.Equal(own, Floats(weights));
        Assert.Equal(mean, Floats(average.Values.Single().Value));
    }

    [Fact]
    public void Of_none_isNothing() => Assert.Null(WeightAverage.Of(new(), Steps, [("w", weights)]));

    public void Dispose() => weights.Dispose();

    private static float[] Course(int step) => [.. new[] { 1.0, -0.3, 5.0 }.Select((x, i) => (float)(x * Math.Cos(0.3 * step + i)))];

    private void Take(WeightAverage average, int step)
    {
        using var mode = no_grad();
        using var next = tensor(Course(step));
        weights.copy_(next);
        average.Take(step);
    }

    private static float[] Floats(Tensor values) => values.detach().data<float>().ToArray();

    private static void Same(double[] expected, WeightAverage average) =>
        Assert.All(expected.Zip(Floats(average.Values.Single().Value)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
}
