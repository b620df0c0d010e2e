using Cde.Kernels.Bench;
using static TorchSharp.torch;

namespace Cde.Kernels.Tests.Bench;

public class PeerBenchTests
{
    [Fact]
    public void Both_sides_compute_the_same_vectors()
    {
        var peer = new PeerBench(Plan, [9, 1, 30, 12], new Progress<Cde.Workbench.WorkProgress>(), TestContext.Current.CancellationToken);
        var shape = new EncoderShape("tiny", 2, 48, 4, 96);
        var missing = peer.Compare([new BenchModel("tiny", "tiny", shape, (precision, seed) => new BertBench(shape, precision, seed)) { HasPeer = true }]);
        if (missing is not null)
            Assert.Skip(missing);

        Assert.Equal(4, peer.Rows.Count); // one length and the natural ones, in each precision
        Assert.All(peer.Rows, row => Assert.True(row.LowestCosine > (row.Precision == "float32" ? 0.999999 : 0.999), $"{row}"));
        Assert.All(peer.Rows, row => Assert.True(row.OurTokensPerSecond > 0 && row.PeerTokensPerSecond > 0));
        Assert.Equal(peer.Rows[2].OurTokensPerSecond / peer.Rows[0].PeerTokensPerSecond, peer.Rows[2].RatioToFloat32);
    }

    private static BenchPlan Plan => new()
    {
        Seed = 3,
        Sections = [],
        Lengths = [17],
        Precisions = [ScalarType.Float32, ScalarType.BFloat16],
        Runs = 2,
        Positions = 200,
        CosineTexts = 4,
        Documents = 10,
        NaturalTexts = 4,
        TrainingPairs = 4,
        PeerSeconds = 5,
    };
}
