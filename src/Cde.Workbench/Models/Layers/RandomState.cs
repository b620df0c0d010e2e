using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>Where the random numbers of the process stand, so that dropout can be drawn once more as it was.</summary>
internal sealed class RandomState : IDisposable
{
    private readonly Tensor cpu;
    private readonly long? cudaSeed;

    private RandomState(Tensor cpu, long? cudaSeed) => (this.cpu, this.cudaSeed) = (cpu, cudaSeed);

    /// <summary>
    /// The present state. The state of a GPU's generator cannot be read, so where there is a GPU it is seeded here, from the CPU's numbers.
    /// </summary>
    public static RandomState Capture()
    {
        using var scope = NewDisposeScope();
        long? seed = null;
        if (cuda.is_available())
        {
            seed = randint(0, long.MaxValue, [1], device: CPU).item<long>();
            cuda.manual_seed_all(seed.Value);
        }

        return new RandomState(get_rng_state().DetachFromDisposeScope(), seed);
    }

    /// <summary>Goes on from there again.</summary>
    public void Restore()
    {
        set_rng_state(cpu);
        if (cudaSeed is { } seed)
            cuda.manual_seed_all(seed);
    }

    public void Dispose() => cpu.Dispose();
}
