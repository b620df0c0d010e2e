using Cde.Kernels.Bench;
using static TorchSharp.torch;

namespace Cde.Kernels.Tests.Bench;

public class TrainBenchTests
{
    [Fact]
    public void Both_sides_take_the_same_steps()
    {
        var bench = new TrainBench(Plan, new Progress<Cde.Workbench.WorkProgress>(), TestContext.Current.CancellationToken);
        if (bench.Measure(withPeer: true, new EncoderShape("tiny", 2, 48, 4, 96)) is { } missing)
            Assert.Skip(missing);

        Assert.Equal(["one graph", "gradients cached"], bench.Rows.Select(row => row.Step));
        Assert.All(bench.Rows, row => Assert.True(row.LossDifference < 1e-4, $"{row}"));
        Assert.All(bench.Rows, row => Assert.True(row.Ratio > 0, $"{row}"));
    }

    private static BenchPlan Plan => new()
    {
        Seed = 3,
        Sections = [],
        Lengths = [17],
        Precisions = [ScalarType.Float32],
        Runs = 2,
        Positions = 200,
        CosineTexts = 4,
        Documents = 10,
        NaturalTexts = 4,
        TrainingPairs = 4,
        PeerSeconds = 5,
    };
}
