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

    [Fact]
    [Trait("Category", "Long")]
    public void PeakMemory_ofADeepModel_fallsWhereActivationsAreCheckpointed()
    {
        ProcessMemory.RequireLinux();
        // One after the other: a probe keeps the memory of its tensors for the next ones.
        var (one, all) = (Peak(checkpointLayers: true), Peak(checkpointLayers: false));

        output.WriteLine($"peak {all.PeakBytes >> 20} MiB, {one.PeakBytes >> 20} MiB where activations are checkpointed; {all.Seconds:f1} and {one.Seconds:f1} s");
        Assert.True(one.PeakBytes < 0.6 * all.PeakBytes);

        static GradientCacheCost Peak(bool checkpointLayers)
        {
            using var probe = new GradientCacheProbe(layers: 12, checkpointLayers: checkpointLayers);
            probe.Cached(256);
            return probe.Cached(256);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Time_ofACachedStep_besideAPlainOne_isWritten()
    {
        using var probe = new GradientCacheProbe();
        probe.Plain(512);
        probe.Cached(512);

        var (plain, cached) = (Enumerable.Range(0, 3).Min(_ => probe.Plain(512).Seconds), Enumerable.Range(0, 3).Min(_ => probe.Cached(512).Seconds));

        output.WriteLine($"{cached:f2} s cached, {plain:f2} s in one graph: {cached / plain:f2}"); // no bound here: the machine may be busy
        Assert.True(cached > 0 && plain > 0);
    }
}
