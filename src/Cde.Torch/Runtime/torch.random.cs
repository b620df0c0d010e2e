namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the random numbers of all devices; returns the CPU's generator.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>Takes a new seed from the system for the CPU's random numbers, and returns it.</summary>
    public static long seed() => random.seed();

    /// <summary>The seed that was last set.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>The state of the CPU's random numbers, as bytes.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Goes on from a state that <see cref="get_rng_state"/> returned.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The CPU's random numbers.</summary>
    public static partial class random
    {
        /// <summary>Seeds the random numbers of all devices; returns the CPU's generator.</summary>
        public static Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.cde_manual_seed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        /// <summary>Takes a new seed from the system, and returns it.</summary>
        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        /// <summary>The seed that was last set.</summary>
        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <summary>The state, as bytes.</summary>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Goes on from a state that <see cref="get_rng_state"/> returned.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
