namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with its own seed and state.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A new generator.</summary>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            NativeMethods.Check(NativeMethods.cde_generator_new((int)this.device.type, this.device.index, seed, out handle));
        }

        private Generator(nint handle, Device device)
        {
            this.handle = handle;
            this.device = device;
        }

        /// <summary>Releases the native memory.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The generator that operations on the CPU use where none is named.</summary>
        public static Generator Default => DefaultOf(CPU);

        /// <summary>Where the random numbers are made.</summary>
        public Device device { get; }

        /// <summary>The native handle.</summary>
        /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
        public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Sets the seed; returns the generator.</summary>
        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.cde_generator_set_seed(Handle, unchecked((ulong)seed)));
            return this;
        }

        /// <summary>Takes a new seed from the system and returns it.</summary>
        public long seed() => Seed(fresh: 1);

        /// <summary>The seed that was last set.</summary>
        public long initial_seed() => Seed(fresh: 0);

        /// <summary>The whole state, as bytes.</summary>
        public Tensor get_state()
        {
            NativeMethods.Check(NativeMethods.cde_generator_state(Handle, out var state));
            return new Tensor(state);
        }

        /// <summary>Goes on from a state that <see cref="get_state"/> returned.</summary>
        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.cde_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        /// <summary>Releases the native memory.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native memory.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0)
                NativeMethods.cde_generator_release(owned);
        }

        internal static Generator DefaultOf(Device device)
        {
            NativeMethods.Check(NativeMethods.cde_generator_default((int)device.type, device.index, out var found));
            return new Generator(found, device);
        }

        private long Seed(int fresh)
        {
            NativeMethods.Check(NativeMethods.cde_generator_seed(Handle, fresh, out var seed));
            return unchecked((long)seed);
        }
    }
}
