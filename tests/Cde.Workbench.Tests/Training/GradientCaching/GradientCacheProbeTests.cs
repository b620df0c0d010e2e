using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training.GradientCaching;

namespace Cde.Workbench.Tests.Training.GradientCaching;

[Collection(LiveTensors.Name)]
public sealed class GradientCacheProbeTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Long")]
    public void PeakMemory_atBatch8192_isWithinATenthOfThatAt256()
    {
        ProcessMemory.RequireLinux();
        using var probe = new GradientCacheProbe();
        probe.Cached(256); // allocates what stays: gradients, pools

        var small = probe.Cached(256);
        var large = probe.Cached(8192);

        output.WriteLine($"peak {small.PeakBytes >> 20} MiB at 256, {large.PeakBytes >> 20} MiB at 8192: {(double)large.PeakBytes! / small.PeakBytes!:f3}; {small.Seconds:f1} and {large.Seconds:f1} s");
        Assert.True(large.PeakBytes <= 1.1 * small.PeakBytes);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void PeakMemory_ofAPlainStep_followsTheBatch()
    {
        ProcessMemory.RequireLinux();
        using var probe = new GradientCacheProbe();
        probe.Plain(256);

        var small = probe.Plain(256);
        var large = probe.Plain(1024);

        output.WriteLine($"peak {small.PeakBytes >> 20} MiB at 256, {large.PeakBytes >> 20} MiB at 1024");
        Assert.True(large.PeakBytes > 1.5 * small.PeakBytes); // so the bound on the cached step says something
    }

    [Fact]
    public void Probe_ofASmallBatch_stepsBothWays()
    {
        using var probe = new GradientCacheProbe(tokensPerChunk: 64, width: 32, layers: 1);

        Assert.Equal(8, probe.Cached(8).BatchSize);
        Assert.True(probe.Plain(8).Seconds > 0);
    }
}
