using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The sizes of a tensor's dimensions.</summary>
    public struct Size : IEnumerable<long>
    {
        /// <summary>No dimensions.</summary>
        public static Size Empty = new(Array.Empty<long>());

        private readonly long[]? sizes;

        /// <summary>Sizes from an array.</summary>
        public Size(long[] shape) => sizes = [.. shape];

        /// <summary>Sizes from an array.</summary>
        public Size(int[] shape) => sizes = [.. shape.Select(size => (long)size)];

        /// <summary>Sizes from a sequence.</summary>
        public Size(IEnumerable<long> shape) => sizes = [.. shape];

        /// <summary>One dimension.</summary>
        public Size(long size) => sizes = [size];

        /// <summary>One dimension.</summary>
        public Size(int size) => sizes = [size];

        /// <summary>Two dimensions.</summary>
        public Size((long, long) size) => sizes = [size.Item1, size.Item2];

        /// <summary>Three dimensions.</summary>
        public Size((long, long, long) size) => sizes = [size.Item1, size.Item2, size.Item3];

        /// <summary>Four dimensions.</summary>
        public Size((long, long, long, long) size) => sizes = [size.Item1, size.Item2, size.Item3, size.Item4];

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsEmpty => Shape.Length == 0;

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsScalar => Shape.Length == 0;

        /// <summary>How many dimensions there are.</summary>
        public int Length => Shape.Length;

        /// <summary>The sizes.</summary>
        public long[] Shape => sizes ?? [];

        /// <summary>The size of one dimension; a negative one counts from the last.</summary>
        public long this[int idx] => Shape[idx < 0 ? Length + idx : idx];

        /// <summary>The size of one dimension; a negative one counts from the last.</summary>
        public long this[long idx] => this[checked((int)idx)];

        /// <summary>Dimensions first to next - 1; negative ones count from the last.</summary>
        public Size Slice(int first, int next) =>
            new(Shape[(first < 0 ? Length + first : first)..(next < 0 ? Length + next : next)]);

        /// <summary>How many elements there are.</summary>
        public long numel() => Shape.TotalSize();

        /// <summary>The first sizes.</summary>
        public IEnumerable<long> Take(int i) => Shape.Take(i);

        /// <summary>The sizes in order.</summary>
        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        readonly IEnumerator IEnumerable.GetEnumerator() => (sizes ?? []).GetEnumerator();

        /// <summary>Whether the other object has equal sizes.</summary>
        public override bool Equals(object? obj) => obj is Size other && Shape.SequenceEqual(other.Shape);

        /// <summary>A hash of the sizes.</summary>
        public override int GetHashCode() => Shape.Aggregate(17, HashCode.Combine);

        /// <summary>Whether the sizes are equal.</summary>
        public static bool operator ==(Size left, Size right) => left.Equals(right);

        /// <summary>Whether the sizes differ.</summary>
        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        /// <summary>The dimensions of both.</summary>
        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        /// <summary>The dimensions of both.</summary>
        public static Size operator +(Size left, IEnumerable<long> right) => new([.. left.Shape, .. right]);

        /// <summary>One dimension.</summary>
        public static implicit operator Size(long size) => new(size);

        /// <summary>Sizes from an array.</summary>
        public static implicit operator Size(long[] size) => new(size);

        /// <summary>Two dimensions.</summary>
        public static implicit operator Size((long, long) size) => new(size);

        /// <summary>Three dimensions.</summary>
        public static implicit operator Size((long, long, long) size) => new(size);

        /// <summary>Four dimensions.</summary>
        public static implicit operator Size((long, long, long, long) size) => new(size);
    }
}
