using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A multi-dimensional array of one element type on one device, with automatic differentiation. It owns native
    /// memory: dispose it, or create it inside a dispose scope.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;

        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            Count(1);
            OwningDisposeScope = DisposeScopeManager.Register(this);
        }

        /// <summary>How many tensor objects are alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        /// <summary>The highest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => Interlocked.Read(ref peakCount);

        /// <summary>The native handle.</summary>
        /// <exception cref="InvalidOperationException">The tensor is disposed.</exception>
        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>Whether the tensor is disposed or gave its handle away.</summary>
        public bool IsInvalid => handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Releases the native memory.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>Takes ownership of a native handle.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        /// <summary>Releases the native memory; a second call does nothing.</summary>
        public void Dispose()
        {
            if (handle == 0)
                return;
            if (OwningDisposeScope is { } scope)
                scope.MarkAsDisposed(this);
            else
                DisposeScopeManager.Statistics.OnDisposed(this, inScope: false);
            Release();
        }

        /// <summary>Releases the native memory when the owning scope has already let go of the tensor.</summary>
        internal void Release()
        {
            OwningDisposeScope = null;
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native memory.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned == 0)
                return;
            Count(-1);
            NativeMethods.cde_tensor_release(owned);
        }

        /// <summary>Gives the native handle to the caller and leaves this object invalid.</summary>
        public nint DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0)
                Count(-1);
            OwningDisposeScope?.MarkAsDisposed(this);
            return owned;
        }

        /// <summary>Moves the tensor from its scope to the one around it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope: the caller disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Moves the tensor to a scope; null detaches it.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null && other is not null)
                other.Attach(this);
            else
                OwningDisposeScope?.MoveToOther(other, this);
            return this;
        }

        /// <summary>Moves the tensor to the scope of another tensor.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Whether the other object is a tensor of equal shape and elements.</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Whether shapes and elements are equal.</summary>
        public bool Equals(Tensor target) => ReferenceEquals(this, target) || Op.CallBoolean("equal", "", this, target);

        /// <summary>A hash of the object's identity.</summary>
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        /// <summary>Wraps a handle that is now owned; null for an undefined tensor.</summary>
        internal static Tensor? Own(nint handle) => handle == 0 ? null : new Tensor(handle);

        private static void Count(int change)
        {
            var now = Interlocked.Add(ref totalCount, change);
            var peak = Interlocked.Read(ref peakCount);
            while (now > peak && Interlocked.CompareExchange(ref peakCount, now, peak) is var seen && seen != peak)
                peak = seen;
        }
    }
}
