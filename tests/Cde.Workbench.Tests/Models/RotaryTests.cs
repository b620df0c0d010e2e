using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

public sealed class RotaryTests
{
    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1.0, true)]
    [InlineData(0.5, false)]
    public void Apply_scoreOfTwoPositions_dependsOnTheirDistanceOnly(double fraction, bool interleaved)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var rotary = new Rotary(16, fraction, 1000, interleaved);
        var (q, k) = (randn(1, 1, 1, 16), randn(1, 1, 1, 16));

        float Score(long at, long other) =>
            (rotary.Apply(q, rotary.Angles(at, 1, 0, q)) * rotary.Apply(k, rotary.Angles(other, 1, 0, q))).sum().item<float>();

        Assert.Equal(Score(2, 5), Score(40, 43), 4);
        Assert.NotEqual(Score(2, 5), Score(2, 9), 3);
    }

    [Fact]
    public void Angles_belowTheUnrotatedCount_areZeroAndOthersKeepTheirPlace()
    {
        using var scope = NewDisposeScope();
        var like = ones(1);
        var rotary = new Rotary(4, 1, 100, false);

        var angles = rotary.Angles(1, 4, 3, like); // positions 1, 2 (still), 3, 4 (turned by 3 and 4 times 1 and 0.1)

        Assert.Equal([0f, 0f, 0f, 0f], angles.Sin.narrow(0, 0, 2).contiguous().data<float>().ToArray());
        Assert.Equal(MathF.Sin(3f), angles.Sin[2, 0].item<float>(), 5);
        Assert.Equal(MathF.Sin(0.4f), angles.Sin[3, 1].item<float>(), 5);
    }
}
